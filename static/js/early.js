// What somebody typed or chose before the scripts had come is told to them now: without this, a day
// chosen on a slow line would stand in its field and its times would never be looked up.

const WRITTEN = "input:not([type=hidden], [type=checkbox], [type=radio]), textarea";

function isChosen(select) {
  const options = [...select.options];
  if (select.multiple) return options.some((option) => option.selected !== option.defaultSelected);
  return select.value !== (options.find((option) => option.defaultSelected) ?? options[0])?.value;
}

function isChanged(field) {
  if (field.matches(WRITTEN)) return field.value !== field.defaultValue;
  if (field.matches("select")) return isChosen(field);
  if (field.type === "radio") return field.checked && !field.defaultChecked;
  return field.type === "checkbox" && field.checked !== field.defaultChecked;
}

function tell(field) {
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
}

// htmx listens from this same moment on, and was asked first.
document.addEventListener("DOMContentLoaded", () => [...document.querySelectorAll("input, select, textarea")].filter(isChanged).forEach(tell));
