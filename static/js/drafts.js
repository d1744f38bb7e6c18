// Unsent words survive a closed tab or a lost session: kept in this tab per form (data-draft-key),
// given back when the form returns, forgotten when it is sent. Fields marked data-private are never kept.

const PREFIX = "kept-draft:";
const SENT = "kept-draft-sent";

function fields(form) {
  return [...form.elements].filter(
    (field) => field.name && field.matches("textarea, input[type=text], input[type=search], input:not([type])") && !field.closest("[data-private]"),
  );
}

function keep(form) {
  const words = Object.fromEntries(fields(form).filter((field) => field.value !== field.defaultValue).map((field) => [field.name, field.value]));
  const key = PREFIX + form.dataset.draftKey;
  try {
    if (Object.keys(words).length) sessionStorage.setItem(key, JSON.stringify(words));
    else sessionStorage.removeItem(key);
  } catch {
    // A full or forbidden store costs the draft, never the form.
  }
}

function giveBack(form) {
  let words;
  try {
    words = JSON.parse(sessionStorage.getItem(PREFIX + form.dataset.draftKey) ?? "{}");
  } catch {
    return;
  }
  for (const field of fields(form)) {
    if (words[field.name] && field.value === field.defaultValue) field.value = words[field.name];
  }
}

function forget(form) {
  try {
    sessionStorage.removeItem(PREFIX + form.dataset.draftKey);
  } catch {
    // Nothing was kept.
  }
}

// Sent is not yet received: the session may have ended, or the server be away. Only the page that answers forgets.
function noteSent(form) {
  try {
    sessionStorage.setItem(SENT, JSON.stringify({ key: form.dataset.draftKey, from: window.location.pathname }));
  } catch {
    // Nothing was kept.
  }
}

function forgetWhatWasReceived() {
  try {
    const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "null");
    sessionStorage.removeItem(SENT);
    const answered = sent && document.referrer && new URL(document.referrer).pathname === sent.from;
    if (answered && !document.querySelector(".entrance")) sessionStorage.removeItem(PREFIX + sent.key);
  } catch {
    // Nothing was kept.
  }
}

function giveBackIn(part) {
  for (const form of part.querySelectorAll("form[data-draft-key]")) giveBack(form);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-draft-key]");
  if (form) keep(form);
});
// A plain form leaves the page; an answer that is an error shows the form again with what was typed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("form[data-draft-key]") && !form.matches("[hx-post], [hx-put], [hx-patch]")) noteSent(form);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt?.closest?.("form[data-draft-key]");
  if (form && event.detail.successful && event.detail.requestConfig.verb !== "get") forget(form);
});
document.addEventListener("htmx:load", (event) => giveBackIn(event.detail.elt));
forgetWhatWasReceived();
giveBackIn(document);
