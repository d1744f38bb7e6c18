// A passkey that was put away or did not work says so kindly; allauth only writes it to the console.

const WORDS = {
  NotAllowedError: "The passkey was not used: it was cancelled, or it took too long. You can try again.",
  InvalidStateError: "This passkey is here already.",
  SecurityError: "Passkeys need this page to be opened at its secure address.",
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
  words.textContent = WORDS[event.detail?.exception?.name] ?? "The passkey did not work here. You can use your password instead.";
  toast.append(words);
  region.append(toast);
});
