// While an answer is awaited, the part that it changes is busy, and a wait that is felt is said. When no answer comes,
// that is said, too: nothing on the page is lost, and one press asks again. An answer that refuses without a word of its
// own is said with what to do. What refreshes itself says so by itself (live.js).

const FELT_MS = 400;
const TOO_OFTEN = 429;
const REFUSALS = { 403: "forbidden", 404: "gone", 409: "changed", [TOO_OFTEN]: "often" };
const waits = new Map();

function refreshesItself(element) {
  return Boolean(element?.getAttribute("hx-trigger")?.includes("every"));
}

function say() {
  const words = document.getElementById("asking");
  if (words) words.textContent = [...waits.values()].some((wait) => wait.felt) ? words.dataset.words : "";
}

function begin({ detail }) {
  if (refreshesItself(detail.elt)) return;
  const wait = { busy: detail.target ?? detail.elt, felt: false };
  wait.timer = setTimeout(() => {
    wait.felt = true;
    say();
  }, FELT_MS);
  wait.busy.setAttribute("aria-busy", "true");
  waits.set(detail.xhr, wait);
}

function finish({ detail }) {
  const wait = waits.get(detail.xhr);
  if (!wait) return;
  clearTimeout(wait.timer);
  wait.busy.removeAttribute("aria-busy");
  waits.delete(detail.xhr);
  say();
}

function askAgain(element, submitter) {
  if (!element.isConnected) return window.location.reload();
  const pressed = submitter?.isConnected ? submitter : null;
  (pressed ?? element).focus?.();
  return element.matches("form") ? element.requestSubmit(pressed) : element.click();
}

function sayFrom(template, detail, { words = "", mayAskAgain = true } = {}) {
  const region = document.getElementById("toasts");
  if (!region || !template || refreshesItself(detail.elt)) return;
  region.querySelector("[data-unreached]")?.remove();
  const drawn = template.content.cloneNode(true);
  if (words) drawn.querySelector("p").textContent = words;
  region.append(drawn);
  const note = region.querySelector("[data-unreached]");
  const again = note.querySelector("[data-again]");
  // What is asked while somebody types is asked again by typing on.
  again.hidden = !mayAskAgain || !detail.elt.matches("form, a, button");
  again.addEventListener("click", () => {
    note.remove();
    askAgain(detail.elt, detail.requestConfig?.triggeringEvent?.submitter);
  });
}

function sayUnreached({ detail }) {
  sayFrom(document.getElementById("unreached"), detail);
}

function sayRefused({ detail }) {
  const template = document.getElementById("refused");
  const { status } = detail.xhr;
  const words = template?.dataset[`${REFUSALS[status] ?? "other"}Words`];
  sayFrom(template, detail, { words, mayAskAgain: status === TOO_OFTEN });
}

document.addEventListener("htmx:beforeSend", begin);
document.addEventListener("htmx:afterRequest", finish);
document.addEventListener("htmx:sendError", sayUnreached);
document.addEventListener("htmx:timeout", sayUnreached);
document.addEventListener("htmx:responseError", (event) => (event.detail.xhr.status >= 500 ? sayUnreached(event) : sayRefused(event)));
