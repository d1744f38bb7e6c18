// What refreshes itself (data-live with hx-trigger="every 3s") never takes anything out of somebody's hands:
// no swap while a field inside has the focus or has been typed in, or while a menu or dialog is open,
// and no polling in a tab that nobody sees.

function dirty(field) {
  if (field.type === "hidden") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
}

function inUse(block) {
  const focused = document.activeElement;
  if (block.contains(focused) && focused.matches("input, textarea, select")) return true;
  if (block.querySelector("details[data-menu][open], dialog[open], .htmx-request")) return true;
  return [...block.querySelectorAll("input, textarea, select")].some(dirty);
}

function isPoll(event) {
  const asked = event.detail.requestConfig ?? event.detail;
  return asked.verb === "get" && !asked.triggeringEvent && event.detail.elt?.hasAttribute("data-live");
}

function sayState(state) {
  for (const mark of document.querySelectorAll("[data-live-state]")) {
    if (mark.dataset.state === state) continue;
    mark.dataset.state = state;
    const words = mark.querySelector("[data-live-words]") ?? mark;
    words.dataset.fresh ??= words.textContent;
    words.textContent = state === "waiting" ? mark.dataset.waitingWords || "Reconnecting" : words.dataset.fresh;
  }
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isPoll(event) && (document.hidden || inUse(event.detail.elt))) event.preventDefault();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const block = event.detail.target;
  if (isPoll(event) && block && inUse(block)) event.detail.shouldSwap = false;
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (isPoll(event)) sayState(event.detail.successful ? "fresh" : "waiting");
});
document.addEventListener("htmx:sendError", () => sayState("waiting"));
