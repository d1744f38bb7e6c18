// On a phone the calendar opens at today as a list. Before the page is drawn, so that nothing jumps; the address says it.

if (!new URLSearchParams(location.search).has("view") && matchMedia("(max-width: 47.99rem)").matches) {
  const asked = new URLSearchParams(location.search);
  asked.set("view", "day");
  location.replace(`${location.pathname}?${asked}`);
}
