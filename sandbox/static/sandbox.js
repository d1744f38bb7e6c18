// Keeps every list marked data-live fresh without disturbing what is being typed or read.
"use strict";

const EVERY_MS = 1500;

function isAtEnd(scroll) {
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 40;
}

// Items are matched by id: only new and changed ones are touched, so a screen reader
// hears what came, an open <details> stays open, and nothing jumps.
function freshen(list, fresh) {
  const open = [...list.querySelectorAll("details[open]")].map((part) => part.closest("[id]").id);
  const focused = list.contains(document.activeElement) ? document.activeElement.closest("[id]").id : null;
  const wanted = new Set([...fresh.children].map((item) => item.id));
  [...list.children].filter((item) => !wanted.has(item.id)).forEach((item) => item.remove());
  [...fresh.children].forEach((item, place) => {
    const known = [...list.children].find((other) => other.id === item.id);
    if (known && withoutOpen(known) === item.outerHTML) {
      if (list.children[place] !== known) list.insertBefore(known, list.children[place]);
      return;
    }
    if (known) known.remove();
    list.insertBefore(item.cloneNode(true), list.children[place] || null);
  });
  if (list.children.length === 0 && list.textContent !== fresh.textContent) list.textContent = fresh.textContent;
  open.forEach((id) => document.getElementById(id)?.querySelector("details")?.setAttribute("open", ""));
  if (focused) document.getElementById(focused)?.querySelector("a, summary, button")?.focus();
}

function withoutOpen(item) {
  const copy = item.cloneNode(true);
  copy.querySelectorAll("details[open]").forEach((part) => part.removeAttribute("open"));
  return copy.outerHTML;
}

async function look() {
  if (document.hidden) return;
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelectorAll("[data-live]").forEach((list) => {
    const fresh = page.getElementById(list.id);
    if (!fresh || fresh.innerHTML === list.innerHTML) return;
    const scroll = list.closest(".scroll");
    const follow = scroll && isAtEnd(scroll);
    freshen(list, fresh);
    if (follow) scroll.scrollTop = scroll.scrollHeight;
  });
}

document.querySelectorAll(".scroll").forEach((scroll) => { scroll.scrollTop = scroll.scrollHeight; });
setInterval(() => look().catch(() => {}), EVERY_MS);
