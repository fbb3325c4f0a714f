// Runs in the report's page, as it stands here: draws the pictures, and answers to choices, brushes and clicks. Whatever
// it shows comes from the page's data and is set as text, never as markup.

const { specs, trials, phases } = JSON.parse(document.getElementById("data").textContent);
const MOST_BARS = 40;

/* Pictures: drawn when they are first seen to be wanted, since a page may hold dozens that nobody has chosen. */

const views = new Map();

async function draw(place) {
  if (views.has(place)) return views.get(place);
  const words = place.getAttribute("aria-label");
  const runtime = vega.parse(specs[Number(place.dataset.chart)]);
  const view = new vega.View(runtime, { renderer: "svg", container: place, hover: true, tooltip: showTooltip });
  views.set(place, view);
  // What is brushed is drawn as wide as there is room: Vega does not know where a pointer is in a picture that is scaled.
  if (place.closest(".trials")) view.width(Math.min(view.width(), place.clientWidth - view.signal("aside_px")));
  await view.runAsync();
  // The place has its role and words; Vega has put others in their stead.
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", words);
  place.removeAttribute("aria-roledescription");
  place.querySelector("svg").setAttribute("aria-hidden", "true");
  return view;
}

const visiblePictures = (root) => [...root.querySelectorAll(".picture")].filter((place) => place.closest("[hidden]") === null);

/* What is under the pointer. */

const tooltip = document.getElementById("tooltip");
const ms = (value) => `${Number(value.toPrecision(4))} ms`;

function showTooltip(_handler, event, item, value) {
  tooltip.hidden = value == null || value === "";
  if (tooltip.hidden) return;
  tooltip.textContent = "phase" in value && "begin_ms" in value ? phaseLines(item, value) : lines(value);
  const { offsetWidth, offsetHeight } = tooltip;
  tooltip.style.left = `${Math.max(4, Math.min(event.clientX + 12, window.innerWidth - offsetWidth - 4))}px`;
  tooltip.style.top = `${Math.max(4, Math.min(event.clientY + 12, window.innerHeight - offsetHeight - 4))}px`;
}

/** The milestones between which a phase lies: it ends where the next one begins. */
function phaseLines(item, { phase, tier, trial, begin_ms, end_ms, median_ms }) {
  const nameOf = (text) => phases[text.split(" ")[0]];
  const bars = item.mark.items.map(({ datum }) => datum).filter((other) => other.trial === trial);
  const next = bars.find((other) => other.begin_ms === end_ms && other.phase !== phase);
  return [
    ...(trial === undefined ? [] : [trial]),
    `${phase} (${tier}): ${ms(end_ms - begin_ms)}`,
    ...(nameOf(phase) === undefined ? [] : [`begins with ${nameOf(phase).begins} at ${ms(begin_ms)}`]),
    ...(nameOf(phase) === undefined
      ? []
      : [`ends with ${next === undefined ? "entry_acts" : nameOf(next.phase).begins} at ${ms(end_ms)}`]),
    ...(median_ms === undefined ? [] : [`median of all: ${ms(median_ms)}`]),
    ...(nameOf(phase) === undefined ? [] : [nameOf(phase).meaning]),
  ].join("\n");
}

const lines = (value) =>
  Object.entries(value)
    .filter(([, field]) => (typeof field === "string" && field !== "") || typeof field === "number")
    .map(
      ([name, field]) =>
        `${name.replace(/_ms$/, " (ms)").replace(/_pct$/, " (%)").replaceAll("_", " ")}: ${typeof field === "number" ? Number(field.toPrecision(4)) : field}`,
    )
    .join("\n");

/* Which platform, image and mode. */

const choice = document.getElementById("choice");

function choose() {
  const chosen = Object.fromEntries(new FormData(choice));
  const conditions = [...document.querySelectorAll(".condition")];
  for (const section of conditions) {
    section.hidden = Object.entries(chosen).some(([name, value]) => value !== "" && section.dataset[name] !== value);
  }
  const shown = conditions.filter((section) => !section.hidden);
  document.getElementById("chosen").textContent = `${shown.length} of ${conditions.length} shown`;
  return Promise.all(shown.flatMap(visiblePictures).map(draw));
}

choice?.addEventListener("change", choose);
choice?.addEventListener("submit", (event) => event.preventDefault());

/* Which rows: by brush, or by number. */

async function trialsOf(figure) {
  const ofPlatform = trials[Number(figure.dataset.trials)];
  const [order, phasesPlace] = figure.querySelectorAll(".picture");
  const [from, to] = figure.querySelectorAll("input");
  const orderView = await draw(order);
  const phasesView = await draw(phasesPlace);
  const show = () => {
    const chosen = ofPlatform.filter(({ row }) => row >= Number(from.value) && row <= Number(to.value));
    const drawn = chosen.slice(0, MOST_BARS);
    figure.querySelector("output").textContent =
      drawn.length === chosen.length ? `${chosen.length} starts` : `${chosen.length} starts, the first ${MOST_BARS} drawn`;
    figure.querySelector("tbody").replaceChildren(...chosen.map(trialRow));
    return phasesView.data("trials", drawn.flatMap(segments)).runAsync();
  };
  from.addEventListener("change", show);
  to.addEventListener("change", show);
  orderView.addSignalListener("brush", (_name, { row: rows }) => {
    if (rows === undefined) return;
    from.value = Math.ceil(Math.min(...rows));
    to.value = Math.floor(Math.max(...rows));
    show();
  });
  await show();
}

function segments({ row, condition, total_ms, phases: ofTrial }) {
  const trial = `row ${row}: ${condition}`;
  if (ofTrial.length === 0) return [{ trial, phase: "not split", tier: "several", begin_ms: 0, end_ms: total_ms }];
  let end_ms = 0;
  return ofTrial.map(({ phase, tier, ms: duration_ms }) => {
    const begin_ms = end_ms;
    end_ms += duration_ms;
    return { trial, phase, tier: tier ?? "several", begin_ms, end_ms };
  });
}

function trialRow({ row, condition, total_ms, phases: ofTrial }) {
  // A phase that may be of several tiers leaves the tiers unknown, as in the raw data's own rule.
  const known = ofTrial.length > 0 && ofTrial.every(({ tier }) => tier !== null);
  const tiers = ["daemon", "runtime", "process"].map((name) =>
    known ? ofTrial.filter(({ tier }) => tier === name).reduce((sum, phase) => sum + phase.ms, 0) : null,
  );
  const cells = [row, condition, ...[total_ms, ...tiers].map((value) => (value === null ? "–" : value.toFixed(3)))];
  const line = document.createElement("tr");
  line.append(
    ...cells.map((text, index) => {
      const cell = document.createElement("td");
      cell.className = index === 1 ? "left" : "right";
      cell.textContent = text;
      return cell;
    }),
  );
  return line;
}

/* Tables that sort: by number where a column is one of numbers; what is missing stays last. */

function makeSortable(table) {
  for (const [index, header] of [...table.tHead.rows[0].cells].entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = header.textContent;
    header.replaceChildren(button);
    button.addEventListener("click", () => sort(table, header, index));
  }
}

function sort(table, header, index) {
  const direction = header.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", direction);
  const keyOf = header.className === "right" ? (text) => Number.parseFloat(text.replace(/^</, "")) : (text) => text;
  const sign = direction === "ascending" ? 1 : -1;
  const keyed = [...table.tBodies[0].rows].map((row) => ({ row, key: keyOf(row.cells[index].textContent) }));
  const missing = ({ key }) => key === "" || Number.isNaN(key);
  keyed.sort((a, b) => {
    if (missing(a) || missing(b)) return Number(missing(a)) - Number(missing(b));
    return sign * (typeof a.key === "number" ? a.key - b.key : a.key.localeCompare(b.key, "en", { numeric: true }));
  });
  table.tBodies[0].append(...keyed.map(({ row }) => row));
}

/* Paper has no lids to lift. */

let closed = [];
window.addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")];
  for (const details of closed) details.open = true;
});
window.addEventListener("afterprint", () => {
  for (const details of closed) details.open = false;
});

for (const table of document.querySelectorAll("table")) makeSortable(table);
if (choice !== null) await choose();
for (const figure of document.querySelectorAll(".trials")) await trialsOf(figure);
for (const place of visiblePictures(document)) await draw(place);
document.documentElement.dataset.drawn = "all";
