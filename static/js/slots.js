// New times may come while somebody chooses: what they chose or typed meanwhile stays as it was.

const CHOSEN = ["slot", "own_on", "own_at"];
const chosen = new Map();

function fieldFor(form, name, value) {
  const fields = [...form.querySelectorAll(`[name=${name}]`)];
  return fields.find((field) => field.type !== "radio" || field.value === value);
}

document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  if (target.id !== "slots") return;
  const now = new FormData(target.closest("form"));
  for (const name of CHOSEN) chosen.set(name, now.get(name));
});

document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
  if (target.id !== "slots") return;
  const form = document.getElementById("slots").closest("form");
  for (const [name, value] of chosen) {
    const field = value && fieldFor(form, name, value);
    if (field?.type === "radio") field.checked = true;
    else if (field) field.value = value;
  }
});
