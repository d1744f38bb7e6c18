// Copies the words of a field: a button with data-copy (the field's id) says so beside itself.
// Without a clipboard the words stay selected, to be copied by hand.

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    if (!document.execCommand("copy")) return;
  }
  document.getElementById(`${field.id}-copied`).textContent = button.dataset.copiedWords;
});
