// The grid over the list: Event Calendar draws what the calendar's own feed says. A drag asks first (js/calendar-dialog.js),
// and whatever was not agreed to goes back exactly to where it was.

const grid = document.getElementById("calendar-grid");
const wide = matchMedia("(min-width: 48rem)");
const LOOK_AGAIN_MS = 15000;
const words = JSON.parse(document.getElementById("calendar-words")?.textContent ?? "{}");
let calendar = null;
let digest = "";
let facts = null;
let dragging = false;
let dragged = false;
let abandoned = false;

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${grid.dataset.sprite}#${name}`);
  svg.append(use);
  return svg;
}

function part(kind, text, ...before) {
  const span = document.createElement("span");
  span.className = kind;
  span.append(...before, text);
  return span;
}

function clock(at) {
  return `${at.getHours()}:${String(at.getMinutes()).padStart(2, "0")}`;
}

// The day before the month, as everywhere in Kept.
function dayWords(on) {
  const part = (options) => on.toLocaleDateString(document.documentElement.lang, options);
  return `${part({ weekday: "short" })} ${part({ day: "numeric" })} ${part({ month: "short" })}`;
}

function wall(at) {
  const two = (n) => String(n).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

function sessionContent({ event }) {
  const told = event.extendedProps;
  const card = document.createElement("button");
  card.type = "button";
  card.className = "ec-card";
  card.addEventListener("click", () => look(card));
  card.dataset.session = told.id;
  card.dataset.tone = told.tone;
  const when = part("ec-card__when", `${clock(event.start)}–${clock(event.end)}`);
  if (told.mode !== "in_person") when.append(icon(told.mode === "video" ? "video" : "phone"), part("visually-hidden", ` ${words[told.mode]} `));
  if (told.inSeries) when.append(icon("calendar-repeat"), part("visually-hidden", ` ${words.series} `));
  const more = [...told.with, told.where].filter(Boolean).join(" · ");
  if (more) when.append(part("ec-card__more", more));
  card.append(when);
  told.names.forEach((name, at) => {
    const mark = told.marks[at];
    const line = part("ec-card__who", "", part("ec-card__name", name));
    if (mark) {
      const status = part("status-mark", "", icon(mark.icon), part("", mark.word));
      status.dataset.tone = mark.tone;
      line.append(" ", status);
    }
    card.append(line);
  });
  return { domNodes: [card] };
}

function blockContent({ event }) {
  const told = event.extendedProps;
  if (!["away", "held", "session", "closed"].includes(told.kind)) return { domNodes: [] };
  const name = { away: "plane", held: "hourglass", session: "lock", closed: "calendar-off" }[told.kind];
  return { domNodes: [part("ec-block", told.words, icon(name), " ")] };
}

// What is being drawn over empty hours: from when to when it would be.
function drawnContent({ event }) {
  const drawn = part("ec-card", part("ec-card__when", `${clock(event.start)}–${clock(event.end)}`));
  return { domNodes: [drawn] };
}

function content(info) {
  if (info.event.display === "background") return blockContent(info);
  return info.event.extendedProps.id ? sessionContent(info) : drawnContent(info);
}

function sessionEvent(one) {
  return {
    id: one.id,
    start: one.begins,
    end: one.ends,
    resourceIds: one.columns,
    editable: one.mayMove,
    startEditable: one.mayMove,
    durationEditable: one.mayMove,
    classNames: [`ec-tone-${one.tone}`, one.mayMove ? "ec-may-move" : "ec-stays"],
    extendedProps: one,
  };
}

function blockEvent(one, at) {
  return {
    id: `block-${at}`,
    start: one.begins,
    end: one.ends,
    resourceIds: one.columns,
    display: "background",
    classNames: [`ec-is-${one.kind}`],
    extendedProps: one,
  };
}

function events() {
  return [...facts.blocks.map(blockEvent), ...facts.sessions.map(sessionEvent)];
}

function place(at, column) {
  const asked = new URLSearchParams({ on: wall(at).slice(0, 10), at: wall(at).slice(11) });
  const known = column ?? facts.columns.find((one) => one.id === grid.dataset.who);
  if (known) for (const [name, value] of Object.entries(known.book)) asked.set(name, value);
  else if (grid.dataset.whoClinician) asked.set("clinician", grid.dataset.whoClinician);
  else if (grid.dataset.whoRoom || grid.dataset.whoPlace) asked.set("where", grid.dataset.whoRoom ?? grid.dataset.whoPlace);
  return asked;
}

function book(at, resource, minutes) {
  const asked = place(at, resource && facts.columns.find((one) => one.id === resource.id));
  if (minutes) asked.set("minutes", String(minutes));
  location.assign(`${grid.dataset.book}?${asked}`);
}

function moveAddress(info) {
  const { event, oldResource, newResource } = info;
  const told = event.extendedProps;
  const asked = new URLSearchParams({ begins: wall(event.start), zone: facts.zone, minutes: String(Math.round((event.end - event.start) / 60000)), seen_version: String(told.version) });
  if (newResource && grid.dataset.by === "clinician") {
    asked.set("instead_of", oldResource.id);
    asked.set("leader", newResource.id);
  } else if (newResource) {
    asked.set("where", newResource.id);
  }
  return `${told.move}?${asked}`;
}

function cardOf(id) {
  return grid.querySelector(`[data-session="${CSS.escape(id)}"]`);
}

function taken() {
  dragging = true;
  dragged = true;
}

function dropped(info) {
  dragging = false;
  if (abandoned) {
    abandoned = false;
    info.revert();
    return;
  }
  const { id } = info.event;
  const from = cardOf(id) ?? grid;
  const detail = { address: moveAddress(info), from, closed: () => info.revert() };
  document.dispatchEvent(new CustomEvent("kept-move", { detail }));
}

// The end of a drag is a click as well: that one asks for nothing more.
function look(card) {
  if (dragged || abandoned) return;
  document.dispatchEvent(new CustomEvent("kept-look", { detail: { session: card.dataset.session, from: card } }));
}

// Event Calendar calls its grid a table, with rows whose cells hold nothing: the table for who listens is the list.
const TABLE = "[role=table], [role=rowgroup], [role=row], [role=cell], [role=columnheader], nav, aside:not([role]), article.ec-bg-event:not([role])";

function noTable() {
  for (const part of grid.querySelectorAll(`.ec${TABLE.split(", ").map((one) => `, .ec ${one}`).join("")}`)) {
    if (part.getAttribute("role") === "presentation") continue;
    part.setAttribute("role", "presentation");
    for (const name of ["aria-colindex", "aria-colspan", "aria-rowindex", "aria-rowspan"]) part.removeAttribute(name);
  }
}

// The session whose card has the focus: drawn anew, its new card has it, before any further key is heard.
let inHand = null;

function hold({ target }) {
  inHand = grid.contains(target) ? (target.closest("[data-session]")?.dataset.session ?? null) : null;
}

function keepFocus() {
  if (inHand && document.activeElement === document.body) cardOf(inHand)?.focus();
}

// Wide enough for names; what does not fit scrolls sideways inside the grid.
function columnWidth() {
  if (facts.lanes > 1) return `${facts.lanes * 8}rem`;
  if (facts.columns.length === 0) return undefined;
  if (facts.view === "week") return "8.5rem";
  return facts.columns.length > 5 ? "10rem" : undefined;
}

// What lies under what: hours, then evening and weekend over them, then what is taken, then the sessions.
const LAYERS = ["hours", "evening", "weekend", "closed", "away", "held", "session"];

function inLayers(one, other) {
  const layer = ({ display, extendedProps }) => (display === "background" ? LAYERS.indexOf(extendedProps.kind) : LAYERS.length);
  return layer(one) - layer(other) || one.start - other.start || one.end - other.end;
}

// The line of the present is drawn by this device's clock: it is left out where that is not the practice's.
function keepsThePracticesClock() {
  return Math.abs(new Date(grid.dataset.now) - new Date()) < 10 * 60 * 1000;
}

function options() {
  const week = facts.view === "week";
  const together = facts.columns.length > 0;
  return {
    view: together ? (week ? "resourceTimeGridWeek" : "resourceTimeGridDay") : week ? "timeGridWeek" : "timeGridDay",
    date: facts.on,
    timeZone: facts.zone,
    firstDay: facts.firstDay,
    hiddenDays: facts.hidden,
    headerToolbar: { start: "", center: "", end: "" },
    allDaySlot: false,
    locale: document.documentElement.lang,
    slotMinTime: facts.from,
    slotMaxTime: facts.until,
    slotDuration: "00:30",
    snapDuration: "00:05",
    slotHeight: 34,
    slotLabelInterval: "01:00",
    slotLabelFormat: (at) => clock(at),
    eventTimeFormat: (from) => clock(from),
    dayHeaderFormat: dayWords,
    datesAboveResources: true,
    columnWidth: columnWidth(),
    resources: facts.columns.map((one) => ({ id: one.id, title: one.name })),
    nowIndicator: keepsThePracticesClock(),
    slotEventOverlap: false,
    editable: true,
    selectable: true,
    selectMinDistance: 8,
    eventLongPressDelay: 500,
    scrollTime: facts.from,
    events: events(),
    eventOrder: inLayers,
    eventContent: content,
    eventDragStart: taken,
    eventResizeStart: taken,
    eventDrop: dropped,
    eventResize: dropped,
    dateClick: (info) => {
      if (!abandoned) book(info.date, info.resource);
    },
    select: (info) => {
      if (abandoned) calendar.unselect();
      else book(info.start, info.resource, Math.round((info.end - info.start) / 60000));
    },
  };
}

async function read() {
  const answer = await fetch(grid.dataset.feed, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return answer.json();
}

async function draw() {
  const now = await read();
  if (calendar) return;
  facts = now;
  digest = facts.digest;
  grid.hidden = false;
  const frame = grid.querySelector("[data-ec]");
  calendar = EventCalendar.create(frame, options());
  new MutationObserver(() => {
    noTable();
    keepFocus();
  }).observe(frame, { childList: true, subtree: true });
  noTable();
}

// Drawn anew only where something changed, and never under somebody's hands.
async function drawAgain({ list } = {}) {
  const now = await read();
  if (now.digest === digest || dragging) return;
  ({ digest } = now);
  facts = now;
  calendar.setOption("slotMinTime", facts.from);
  calendar.setOption("slotMaxTime", facts.until);
  calendar.setOption("hiddenDays", facts.hidden);
  calendar.setOption("events", events());
  document.dispatchEvent(new CustomEvent("calendar-drawn"));
  if (list) document.body.dispatchEvent(new CustomEvent("calendar-stale"));
}

async function begin() {
  if (calendar || !wide.matches) return;
  try {
    await draw();
  } catch {
    grid.hidden = true;
  }
  document.getElementById("calendar-not-drawn").hidden = !grid.hidden;
}

function busy() {
  return dragging || document.hidden || document.querySelector("dialog[open], details[data-menu][open]");
}

if (grid) {
  begin();
  wide.addEventListener("change", begin);
  document.addEventListener("focusin", hold);
  document.addEventListener("pointerdown", hold);
  setInterval(() => {
    if (!calendar) begin();
    else if (!busy()) drawAgain({ list: true }).catch(() => {});
  }, LOOK_AGAIN_MS);
  document.body.addEventListener("calendar-changed", () => calendar && drawAgain().catch(() => {}));
  // Whoever was told that a colleague came first sees what the colleague did.
  document.addEventListener("calendar-left", () => calendar && drawAgain({ list: true }).catch(() => {}));
  // Escape lets go of what is being dragged: it goes back to where it was, and nothing is asked.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !dragging) return;
    event.preventDefault();
    abandoned = true;
    window.dispatchEvent(new PointerEvent("pointerup", { isPrimary: true, bubbles: true }));
  });
  const afresh = () => (abandoned = dragged = false);
  document.addEventListener("pointerdown", afresh, true);
  document.addEventListener("keydown", (event) => event.key !== "Escape" && afresh(), true);
}
