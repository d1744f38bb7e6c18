// What somebody wrote leaves its page only when there is somebody to take it. A plain form is sent once a short question
// was answered: is this person still signed in? If the server is away, or the sign-in has ended and the words are kept
// nowhere else (drafts.js), the page stays as it is, and says what to do. No answer that leads to the sign-in takes a page with such words away.

const WRITTEN = "textarea, input[type=text], input:not([type])";
const PATIENCE_MS = 10_000;
// On a slow line nothing seems to happen at first: a second press within this time is the same one.
const ONE_PRESS_MS = 5_000;
const signedOut = document.getElementById("signed-out");
const answered = new WeakSet();
const leaving = new WeakSet();

function written(form) {
  return [...form.elements].filter((field) => field.name && field.matches(WRITTEN) && field.value);
}

function isPlain(form) {
  return form.method === "post" && form.target !== "_blank" && !form.closest("[hx-post], [hx-put], [hx-patch]");
}

function isKeptElsewhere(form) {
  return form.dataset.draftKey && !written(form).some((field) => field.closest("[data-private]"));
}

function hasUnsentWords() {
  return [...document.forms].some(
    (form) => form.method === "post" && written(form).some((field) => field.value !== field.defaultValue) && !isKeptElsewhere(form),
  );
}

function isSaid() {
  return Boolean(document.querySelector("#toasts [data-unreached]"));
}

function say(template, words) {
  const region = document.getElementById("toasts");
  region.querySelector("[data-unreached]")?.remove();
  const drawn = template.content.cloneNode(true);
  if (words) drawn.querySelector("p").textContent = words;
  region.append(drawn);
  return region.querySelector("[data-unreached]");
}

function sayUnreached(form, submitter) {
  const note = say(document.getElementById("unreached"));
  note.querySelector("[data-again]").addEventListener("click", () => {
    note.remove();
    form.requestSubmit(submitter);
  });
}

// The person, null where nobody is signed in; throws where nobody answers.
async function whoIsSignedIn() {
  const answer = await fetch(signedOut.dataset.ask, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) });
  if (answer.ok) return answer.json();
  if (answer.status >= 500) throw new Error(String(answer.status));
  return null;
}

// Each sign-in has a token of its own: forms that were drawn before it would be refused.
function renewTokens(token) {
  for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
}

async function askFirst(form, submitter) {
  form.setAttribute("aria-busy", "true");
  try {
    const person = await whoIsSignedIn();
    if (person && person.who !== signedOut.dataset.who) return say(signedOut, signedOut.dataset.somebodyElseWords);
    if (!person && !isKeptElsewhere(form)) return say(signedOut);
    if (person) renewTokens(person.token);
    answered.add(form);
    form.requestSubmit(submitter);
  } catch {
    sayUnreached(form, submitter);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

// First of all that hear of it: what is not sent yet is no draft that was sent.
function holdBack(event) {
  const form = event.target;
  if (!isPlain(form) || !written(form).length) return;
  if (answered.delete(form)) return markAsLeaving(form);
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!form.hasAttribute("aria-busy") && !leaving.has(form)) askFirst(form, event.submitter);
}

function markAsLeaving(form) {
  leaving.add(form);
  setTimeout(() => leaving.delete(form), ONE_PRESS_MS);
}

function keepThePage(event) {
  if (!event.detail.xhr.getResponseHeader("HX-Redirect") || !hasUnsentWords()) return;
  event.preventDefault();
  if (!isSaid()) say(signedOut);
}

// Whoever has signed in in another tab comes back to a page that may be sent.
async function comeBack() {
  if (!isSaid()) return;
  const person = await whoIsSignedIn().catch(() => null);
  if (person?.who !== signedOut.dataset.who) return;
  renewTokens(person.token);
  document.querySelector("#toasts [data-unreached]")?.remove();
}

if (signedOut) {
  document.addEventListener("submit", holdBack, true);
  document.addEventListener("htmx:beforeOnLoad", keepThePage);
  window.addEventListener("focus", comeBack);
}
