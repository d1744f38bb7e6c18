// Light, dark or as the system: applied before the first paint, so nothing flashes.
(() => {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try {
      return localStorage.getItem("kept-theme") || "auto";
    } catch {
      return "auto";
    }
  };
  const apply = () => {
    const choice = chosen();
    const dark = choice === "dark" || (choice === "auto" && system.matches);
    document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
    for (const button of document.querySelectorAll("button[data-theme]")) {
      button.setAttribute("aria-pressed", String(button.dataset.theme === choice));
    }
  };

  apply();
  system.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", () => {
    for (const block of document.querySelectorAll("[data-theme-choice]")) block.hidden = false;
    apply();
  });
  // Chosen in the same menu, kept with the person: the server says which it is now.
  document.addEventListener("kept:density", (event) => {
    document.documentElement.dataset.density = event.detail.value;
    for (const button of document.querySelectorAll("button[name=density]")) {
      button.setAttribute("aria-pressed", String(button.value === event.detail.value));
    }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-theme]");
    if (!button) return;
    try {
      localStorage.setItem("kept-theme", button.dataset.theme);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
    apply();
  });
})();
