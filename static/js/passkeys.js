// A passkey that was put away or did not work says so kindly; allauth only writes it to the console.

// The words stand on this script's own element, in the reader's language.
const said = document.querySelector("script[data-passkey-words]").dataset;
const WORDS = {
  NotAllowedError: said.notUsed,
  InvalidStateError: said.hereAlready,
  SecurityError: said.notSecure,
};

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const region = document.getElementById("toasts");
  if (!region) return;
  const toast = document.createElement("div");
  const words = document.createElement("p");
  toast.className = "toast-note";
  toast.dataset.toast = "";
  toast.dataset.tone = "unrecorded";
  words.textContent = WORDS[event.detail?.exception?.name] ?? said.otherwise;
  toast.append(words);
  region.append(toast);
});
