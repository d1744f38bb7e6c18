// The keyboard: / search, j and k rows, letters for the selected row's buttons, u undo, ? help, g + letter to go.
// Never while typing, and all single keys can be switched off (WCAG 2.1.4).

const STORED = "kept-keys";
const GO_WAIT_MS = 1200;
const root = document.documentElement;
let goUntil = 0;
let selectedId = "";
let selectNextIn = "";

function keysOn() {
  return root.dataset.keys !== "off";
}

function readChoice() {
  try {
    return localStorage.getItem(STORED) === "off" ? "off" : "on";
  } catch {
    return "on";
  }
}

function showChoice(choice) {
  root.dataset.keys = choice;
  for (const toggle of document.querySelectorAll("[data-keys-toggle]")) {
    toggle.hidden = false;
    toggle.setAttribute("aria-pressed", String(choice === "on"));
    const word = toggle.querySelector("[data-on]");
    if (word) word.textContent = choice === "on" ? word.dataset.on : word.dataset.off;
  }
}

function typing(target) {
  return target.isContentEditable || target.closest("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select") !== null;
}

function rows() {
  return [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
}

function selectedRow() {
  return document.querySelector("[data-row][data-selected]");
}

function select(row, { focus = false } = {}) {
  for (const other of document.querySelectorAll("[data-row][data-selected]")) {
    if (other !== row) other.removeAttribute("data-selected");
  }
  selectedId = row?.id ?? "";
  if (!row) return;
  row.setAttribute("data-selected", "");
  if (!focus) return;
  if (!row.hasAttribute("tabindex")) row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const all = rows();
  if (all.length === 0) return;
  const at = all.indexOf(selectedRow());
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1);
  select(all[next], { focus: true });
}

function pressIn(row, key) {
  const button = row.querySelector(`[data-key="${CSS.escape(key)}"]:not([disabled])`);
  if (!button) return false;
  button.click();
  return true;
}

function openRow(row) {
  const link = row.matches("a") ? row : row.querySelector("a[data-open-row], a[href]");
  link?.click();
}

function undo() {
  [...document.querySelectorAll("[data-undo]:not([disabled])")].at(-1)?.click();
}

function showHelp() {
  const help = document.getElementById("keys-help");
  const list = help?.querySelector("[data-keys-here]");
  if (!list) return;
  list.replaceChildren();
  const said = new Set();
  for (const button of document.querySelectorAll("[data-key]")) {
    const words = button.dataset.keyLabel || button.querySelector("span")?.textContent || button.textContent;
    if (said.has(button.dataset.key)) continue;
    said.add(button.dataset.key);
    const name = document.createElement("dt");
    const key = document.createElement("kbd");
    const meaning = document.createElement("dd");
    key.textContent = button.dataset.key;
    meaning.textContent = words.trim();
    name.append(key);
    list.append(name, meaning);
  }
  help.showModal();
}

function go(key) {
  const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
  if (link) window.location.assign(link.href);
  return Boolean(link);
}

function pageKey(key) {
  if (key === "j" || key === "k") return move(key === "j" ? 1 : -1), true;
  if (key === "u") return undo(), true;
  if (key === "?") return showHelp(), true;
  if (key === "g") return (goUntil = Date.now() + GO_WAIT_MS), true;
  if (key !== "/") return false;
  const search = document.querySelector("[data-search]");
  search?.focus();
  search?.select();
  return Boolean(search);
}

function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !keysOn()) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const going = Date.now() < goUntil;
  goUntil = 0;
  const row = selectedRow();
  if (event.key === "Enter") {
    if (row && event.target === row) openRow(row);
    return;
  }
  const done = going ? go(event.key) : (row && pressIn(row, event.key)) || pageKey(event.key);
  if (done) event.preventDefault();
}

document.addEventListener("keydown", onKey);
document.addEventListener("focusin", (event) => {
  // A toast's way back does not take the keys from the row that it speaks of.
  if (!event.target.closest("[data-toast]")) select(event.target.closest("[data-row]"));
});
document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row]");
  if (row) select(row);
  // What opens a panel hands the keys to the first row inside it.
  selectNextIn = event.target.closest("[data-then-select]")?.dataset.thenSelect ?? selectNextIn;
  const toggle = event.target.closest("[data-keys-toggle]");
  if (!toggle) return;
  const choice = keysOn() ? "off" : "on";
  try {
    localStorage.setItem(STORED, choice);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  showChoice(choice);
});
// A row that is missing for a moment is not forgotten.
function reselect() {
  const row = selectedId && !selectedRow() && document.getElementById(selectedId);
  if (row) select(row);
}

// A refreshed list keeps the selection, by id.
document.addEventListener("htmx:afterSettle", () => {
  const opened = selectNextIn && document.querySelector(selectNextIn)?.querySelector("[data-row]");
  if (opened) select(opened, { focus: true });
  else reselect();
  selectNextIn = "";
});

showChoice(readChoice());
for (const opener of document.querySelectorAll("[data-open=keys-help]")) opener.hidden = false;
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-open=keys-help]")) showHelp();
});
