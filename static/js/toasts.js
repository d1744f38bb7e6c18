// Toasts leave by themselves, unless somebody is at them. One with a way back stays as long as its undo does.

const STAY_MS = 8000;
const STAY_WITH_UNDO_MS = 30000;

function startLeaving(toast) {
  const stay = Number(toast.dataset.stayMs) || (toast.querySelector("[data-undo]") ? STAY_WITH_UNDO_MS : STAY_MS);
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) startLeaving(toast);
    else toast.remove();
  }, stay);
}

function welcome(toast) {
  if (toast.dataset.seen) return;
  toast.dataset.seen = "yes";
  const close = toast.querySelector("[data-dismiss]");
  if (close) close.hidden = false;
  // A problem stays until it is read and closed.
  if (toast.dataset.tone !== "late") startLeaving(toast);
}

const region = document.getElementById("toasts");
if (region) {
  const look = () => region.querySelectorAll("[data-toast]").forEach(welcome);
  new MutationObserver(look).observe(region, { childList: true });
  look();
  region.addEventListener("click", (event) => {
    if (event.target.closest("[data-dismiss]")) event.target.closest("[data-toast]").remove();
  });
  region.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) event.target.closest("[data-toast]")?.remove();
  });
}
