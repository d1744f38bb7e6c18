// Menus close when one looks away, dialogs open by name, and what cannot be undone asks first (data-confirm).

const confirmed = new WeakSet();

function ask(button) {
  const dialog = document.getElementById("confirm");
  dialog.querySelector("[data-confirm-title]").textContent = button.dataset.confirm;
  dialog.querySelector("[data-confirm-text]").textContent = button.dataset.confirmText ?? "";
  const yes = dialog.querySelector("[data-confirm-yes]");
  yes.dataset.plain ??= yes.textContent;
  yes.textContent = button.dataset.confirmYes ?? yes.dataset.plain;
  dialog.returnValue = "no";
  dialog.addEventListener(
    "close",
    () => {
      if (dialog.returnValue !== "yes" || !button.isConnected) return;
      confirmed.add(button);
      button.click();
    },
    { once: true },
  );
  dialog.showModal();
}

// In the capture phase, so that it comes before htmx.
document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest("[data-confirm]");
    if (!button || confirmed.delete(button)) return;
    event.preventDefault();
    event.stopPropagation();
    ask(button);
  },
  true,
);

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const opener = event.target.closest("[data-open-dialog]");
  if (opener) document.getElementById(opener.dataset.openDialog)?.showModal();
  if (event.target.matches("dialog[open]")) event.target.close();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
