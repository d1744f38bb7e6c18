// The dialog in which a session is moved or lengthened: it takes the focus, and gives it back to where it was opened.

const dialog = document.getElementById("calendar-dialog");
const body = document.getElementById("calendar-dialog-body");
const title = document.getElementById("calendar-dialog-title");
let opener = null;
let whenClosed = null;

function focusFirst() {
  const first = body.querySelector("#moving")?.dataset.first;
  const field = first && body.querySelector(`[name="${CSS.escape(first)}"]`);
  const target = field ?? body.querySelector("[data-moving-what]") ?? body.querySelector("a, button");
  target?.focus();
  if (field?.select) field.select();
}

function sessionOf(element) {
  return element?.closest?.("[data-session]")?.dataset.session;
}

// What opened it may have been drawn anew meanwhile: the same session is the same place.
function backTo() {
  if (opener?.element.isConnected && opener.element.checkVisibility()) return opener.element;
  const kind = opener?.inList ? "#agenda" : "#calendar-grid";
  const same = opener?.session && document.querySelector(`${kind} [data-session="${opener.session}"]`);
  return same?.querySelector("[data-move]") ?? same ?? document.querySelector("#agenda h2");
}

function giveBackFocus() {
  const target = backTo();
  if (!target) return;
  if (!target.matches("a, button, input, [tabindex]")) target.tabIndex = -1;
  target.focus();
}

// What goes back to its place is drawn anew in the next frame, and the focus would go with the old one.
function giveBackFocusOnceDrawn() {
  const ifLost = () => {
    if (!dialog.open && (document.activeElement === document.body || document.activeElement === null)) giveBackFocus();
  };
  requestAnimationFrame(() => requestAnimationFrame(ifLost));
}

function open(from, kind, closed) {
  opener = { element: from, session: sessionOf(from) ?? sessionOf(from?.querySelector?.("[data-session]")), inList: Boolean(from?.closest?.("#agenda")) };
  whenClosed = closed ?? null;
  title.textContent = title.dataset[kind];
  if (!dialog.open) dialog.showModal();
}

async function show(address) {
  body.replaceChildren();
  dialog.setAttribute("aria-busy", "true");
  try {
    await htmx.ajax("GET", address, { target: "#calendar-dialog-body", swap: "innerHTML" });
  } finally {
    dialog.removeAttribute("aria-busy");
  }
  if (!body.querySelector("form")) dialog.close();
  else focusFirst();
}

// Somebody asks to move a session: from the list, from the grid's menu, or by a drag (js/calendar.js).
document.addEventListener("kept-move", (event) => {
  const { address, from, closed } = event.detail;
  open(from, "move", closed);
  show(address);
});

// Somebody opens a session of the grid: what the list says of it, with all that can be done.
document.addEventListener("kept-look", (event) => {
  const { session, from } = event.detail;
  const row = document.querySelector(`#agenda [data-session="${CSS.escape(session)}"]`);
  if (!row) return;
  const sheet = document.createElement("div");
  sheet.className = "calendar-sheet";
  for (const part of row.children) sheet.append(part.cloneNode(true));
  for (const marked of sheet.querySelectorAll("[id], [data-key]")) {
    marked.removeAttribute("id");
    marked.removeAttribute("data-key");
  }
  body.replaceChildren(sheet);
  open(from, "look");
  (body.querySelector("[data-move]") ?? body.querySelector("a"))?.focus();
});

document.addEventListener("click", (event) => {
  const move = event.target.closest("a[data-move]");
  if (move && !event.metaKey && !event.ctrlKey) {
    event.preventDefault();
    // From the sheet of the grid's session the dialog stays, and so does where its focus goes back to.
    if (dialog.contains(move)) {
      title.textContent = title.dataset.move;
      show(move.href);
    } else {
      document.dispatchEvent(new CustomEvent("kept-move", { detail: { address: move.href, from: move } }));
    }
    return;
  }
  const close = event.target.closest("[data-close-dialog]");
  if (close && dialog.contains(close)) {
    event.preventDefault();
    dialog.close();
  }
});

dialog?.addEventListener("close", () => {
  // What was agreed to and is still on its way is heard out: the calendar has to learn what became of it.
  if (!dialog.querySelector(".htmx-request")) body.replaceChildren();
  const closed = whenClosed;
  whenClosed = null;
  closed?.();
  if (closed) document.dispatchEvent(new CustomEvent("calendar-left"));
  giveBackFocus();
  giveBackFocusOnceDrawn();
});
document.addEventListener("calendar-drawn", () => {
  if (opener) giveBackFocusOnceDrawn();
});

// Done: the calendar draws itself anew, then the focus goes back to the session where it is now.
document.body.addEventListener("calendar-changed", (event) => {
  if (!dialog) return;
  whenClosed = null;
  const said = document.getElementById("calendar-said");
  const toast = [...document.querySelectorAll("#toasts [data-toast] p")].at(-1);
  if (said && toast) said.textContent = toast.textContent;
  if (opener) opener.session = event.detail.session ?? opener.session;
  if (dialog.open) dialog.close();
});

document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target?.id === "agenda" && document.activeElement === document.body) giveBackFocus();
  if (detail.target?.id === "moving" && dialog?.open && !dialog.contains(document.activeElement)) focusFirst();
});

// The free times are gone once one was chosen: the focus goes to the button that takes it.
document.body.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (!dialog?.open || detail.requestConfig?.verb !== "post") return;
  if (dialog.contains(document.activeElement)) return;
  (body.querySelector("[data-agree]") ?? body.querySelector("[data-moving-what]"))?.focus();
});
