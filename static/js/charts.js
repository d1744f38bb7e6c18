// Draws a chart from the table beneath it: the table has every figure, the chart adds none. Without script
// the table stands alone. Colours come from the tokens, and each series has a pattern of its own.

const still = { animation: false, responsive: true, maintainAspectRatio: false };
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

// Paper is light, whatever the screen is.
let isOnPaper = false;

// light-dark() reaches a canvas only as the colour that it stands for here and now.
const colour = (name) => {
  const probe = document.createElement("span");
  probe.hidden = true;
  if (isOnPaper) probe.style.colorScheme = "light";
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
};

const PATTERNS = {
  // Each draws one tile of 8 by 8.
  attended: null,
  arrived: null,
  missed: (pen) => line(pen, [[0, 8, 8, 0], [-2, 2, 2, -2], [6, 10, 10, 6]]),
  late: (pen) => dots(pen),
  cancelled: (pen) => line(pen, [[0, 4, 8, 4]]),
};

const line = (pen, strokes) => {
  pen.lineWidth = 2;
  for (const [fromX, fromY, toX, toY] of strokes) {
    pen.beginPath();
    pen.moveTo(fromX, fromY);
    pen.lineTo(toX, toY);
    pen.stroke();
  }
};

const dots = (pen) => {
  for (const [x, y] of [[2, 2], [6, 6]]) {
    pen.beginPath();
    pen.arc(x, y, 1.4, 0, 2 * Math.PI);
    pen.fill();
  }
};

const filling = (name) => {
  const paint = PATTERNS[name];
  if (!paint) return colour(name);
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const pen = tile.getContext("2d");
  pen.fillStyle = colour(`${name}-soft`);
  pen.fillRect(0, 0, 8, 8);
  pen.fillStyle = pen.strokeStyle = colour(name);
  paint(pen);
  return pen.createPattern(tile, "repeat");
};

const read = (table) => {
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  const drawn = heads.map((head, at) => ({ head, at })).filter(({ head }) => head.dataset.drawn);
  return {
    labels: rows.map((row) => row.cells[0].textContent.trim()),
    series: drawn.map(({ head, at }) => ({
      name: head.textContent.trim(),
      tone: head.dataset.drawn,
      isShare: head.dataset.kind === "share",
      // Too few to say is a gap, and never nothing.
      values: rows.map((row) => (row.cells[at]?.dataset.value ? Number(row.cells[at].dataset.value) : null)),
      words: rows.map((row) => row.cells[at]?.textContent.trim() ?? row.cells[1].textContent.trim()),
    })),
  };
};

const dataset = (series) => ({
  label: series.name,
  data: series.values,
  backgroundColor: filling(series.tone),
  borderColor: colour(series.tone),
  borderWidth: 1.5,
  borderRadius: 3,
  maxBarThickness: 44,
});

const percent = (value) => `${Math.round(value * 100)}%`;

const configuration = (kind, { labels, series }) => {
  const muted = colour("muted");
  const isShare = series.every((one) => one.isShare);
  const isStacked = kind === "stack";
  return {
    type: "bar",
    data: { labels, datasets: series.map(dataset) },
    options: {
      ...still,
      scales: {
        x: { stacked: isStacked, grid: { display: false }, ticks: { color: muted, maxRotation: 50 } },
        y: {
          stacked: isStacked,
          beginAtZero: true,
          grid: { color: colour("line") },
          ticks: { color: muted, precision: isShare ? undefined : 0, callback: (value) => (isShare ? percent(value) : value) },
        },
      },
      plugins: {
        legend: { display: series.length > 1, labels: { color: colour("ink"), boxWidth: 18, boxHeight: 12 } },
        tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${series[item.datasetIndex].words[item.dataIndex]}` } },
      },
    },
  };
};

const draw = (place) => {
  const table = document.getElementById(place.dataset.chartOf);
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", place.dataset.chartWords);
  place.replaceChildren(canvas);
  place.hidden = false;
  return new window.Chart(canvas, configuration(place.dataset.chart, read(table)));
};

let charts = [];
const drawAll = () => {
  for (const chart of charts) chart.destroy();
  window.Chart.defaults.font.family = token("font");
  charts = [...document.querySelectorAll("[data-chart]")].map(draw);
  document.documentElement.dataset.charts = String(charts.length);
};

const drawForPaper = () => {
  isOnPaper = true;
  drawAll();
  charts.forEach((chart) => chart.resize(680, 240));
};

const drawForScreen = () => {
  isOnPaper = false;
  drawAll();
};

if (window.Chart) {
  document.fonts.ready.then(drawAll);
  new MutationObserver(drawAll).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
  window.addEventListener("beforeprint", drawForPaper);
  window.addEventListener("afterprint", drawForScreen);
}
