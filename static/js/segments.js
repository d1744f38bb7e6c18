// Says while it is typed what a text costs, by the letters that the server names (reminders/segments.py).
// The server counts again when it is sent: this is for the eye.

const PLAIN = { single: 160, several: 153 };
const WIDE = { single: 70, several: 67 };

function sizeOf(text, plain, double) {
  const odd = [...new Set([...text].filter((letter) => !plain.has(letter) && !double.has(letter)))].join("");
  const letters = odd ? text.length : [...text].reduce((sum, letter) => sum + (double.has(letter) ? 2 : 1), 0);
  const { single, several } = odd ? WIDE : PLAIN;
  return { letters, odd, texts: letters <= single ? 1 : Math.ceil(letters / several) };
}

function show(meter, field) {
  const { plain, double, one, many, letters, odd } = meter.dataset;
  // A browser sends the spaces around it too; the server leaves them out.
  const size = sizeOf(field.value.trim(), new Set(plain), new Set([...double]));
  const words = [size.texts === 1 ? one : many.replace("#", size.texts), letters.replace("#", size.letters)];
  if (size.odd) words.push(`${odd} ${size.odd}`);
  meter.querySelector("[data-size]").textContent = words.join(" \u00b7 ");
}

for (const meter of document.querySelectorAll("[data-size-of]")) {
  const field = document.getElementById(meter.dataset.sizeOf);
  field.addEventListener("input", () => show(meter, field));
  show(meter, field);
}
