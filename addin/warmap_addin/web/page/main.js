// The page: a file is opened, its sheets shown, what is typed goes to Python, what follows comes back, and the file is saved.
import "./style.css";
import { Python } from "./ask.js";
import { forget, keep, kept } from "./keep.js";
import { Panel, make } from "./panel.js";
import { say, words } from "./words.js";

const byId = (id) => document.getElementById(id);
const now = new Date();
const today = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
// { file, content: ArrayBuffer, entered: Map of cells by place }: what is open, and what was entered since it was opened.
let work = null, grid = null, panel = null, isSaved = true;
const python = new Python({ lang: words.lang, today, onProgress: (done, of) => work || status(say("loading", { done, of })), onLost: reopen });
python.ready.then(() => work || status(say("ready")), (fault) => status(say("failed", { why: reason(fault) }), true));

const reason = (fault) => (fault.message === "timeout" ? say("timeout") : fault.message || String(fault));
function status(said, isWrong = false) { byId("state").textContent = said; byId("state").classList.toggle("wrong", isWrong); }
let toastTimer;
function toast(said) {
  const one = byId("toast");
  one.textContent = said;
  one.hidden = !said;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { one.hidden = true; }, Math.max(5000, said.length * 80));
}

// One request at a time in the order asked: an edit is known before what is asked after it.
let last = Promise.resolve();
const inTurn = (deed) => (last = last.catch(() => {}).then(deed));
// What a button does comes after what was typed, and says so where it cannot be done.
const told = (deed) => async (...given) => {
  try {
    await grid?.commit();
    return await inTurn(() => deed(...given));
  } catch (fault) { return toast(reason(fault)); }
};

// -- the file ----------------------------------------------------------------------------------------------------------

async function open(file, content, entered = []) {
  await python.ready.catch((fault) => { throw new Error(say("failed", { why: reason(fault) })); });
  status(say("reading", { file })); // not before: that Python is ready would be said over it
  let opened;
  try {
    opened = await python.ask("open", { file, entered }, content);
  } catch (fault) {
    if (!fault.isOlder || !window.confirm(say("older", { why: fault.message }))) { status(""); throw fault; }
    const newer = bytes(await python.ask("upgrade", {}, content));
    return open(file.replace(/(\.\w+)?$/, `${say("upgraded")}.xlsx`), newer);
  }
  words.lang = opened.lang;
  document.documentElement.lang = opened.lang === "zh" ? "zh-CN" : "en";
  work = { file, content, entered: new Map() };
  enter(opened.entered);
  isSaved = work.entered.size === 0;
  for (const id of ["grid", "panel"]) byId(id).hidden = false;
  byId("start").hidden = true;
  document.body.classList.add("opened");
  byId("title").textContent = file;
  await show(opened);
  status(say("working"));
  const results = await python.ask("calculate");
  take(results);
  status(results.left.length ? say("left", { count: results.left.length }) : say("ready"));
}

async function show(opened) {
  const { Grid } = await import("./grid.js");
  grid?.dispose();
  byId("grid").replaceChildren();
  grid = new Grid("grid", opened, { onEdit: edit, onClosed: (why) => toast(say(why)) });
  panel = new Panel(byId("panel"), { onGo: go, onPlan: told(planIt), onPicture: (kind) => inTurn(() => python.ask("picture", { kind })).catch(() => "") });
  panel.open(opened.heads);
  drawButtons();
  window.warmap = { grid, python, get work() { return work; } };
}

function take({ cells, back, leads, panel: shown }) {
  grid.apply([...cells, ...back]);
  grid.takeLeads(leads);
  panel.show(shown);
}

const placeOf = (change) => change.slice(0, 3).join("\n");
function enter(changes) { for (const change of changes) work.entered.set(placeOf(change), change); }

const edit = (changes) => inTurn(async () => {
  enter(changes);
  isSaved = false;
  const renewed = await python.ask("edit", { changes });
  for (const change of renewed.back) work.entered.delete(placeOf(change));
  if (renewed.back.length) toast(say(grid.whyClosed(renewed.back[0][0], renewed.back[0][1] - 1, renewed.back[0][2] - 1) || "computed"));
  const isKept = keepWork(); // at once, also while the next cell is typed into
  await grid.settled();
  take(renewed);
  const { health } = renewed;
  status(say("edited", { cells: renewed.cells.length, health: typeof health === "number" ? health.toFixed(1) : "—" }));
  await isKept;
}).catch((fault) => { if (!fault.failed) toast(reason(fault)); });

const keepWork = () => keep({ file: work.file, content: work.content, entered: [...work.entered.values()] });

// A worker that took too long was ended: what is open and entered is opened anew.
async function reopen() {
  toast(say("lost"));
  if (work) await inTurn(() => open(work.file, work.content, [...work.entered.values()])).catch((fault) => toast(reason(fault)));
}

const bytes = (base64) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0)).buffer;

function hand(name, content, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

const save = told(async () => {
  const content = bytes(await python.ask("save"));
  const file = work.file.replace(/(\.\w+)?$/, (ending) => ending || ".xlsx");
  hand(file, content, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  isSaved = true;
  await forget();
  status(say("saved", { file }));
});

async function choose(file) {
  if (!isSaved && !window.confirm(say("replace", { file: work.file }))) return;
  await open(file.name, await file.arrayBuffer());
}

// The board stands beside the sheets; where there is no room for both, in their place.
const isNarrow = window.matchMedia("(max-width: 760px)");
const isBoardShown = () => document.body.classList.contains("board");
function showBoard(isShown) {
  document.body.classList.toggle("board", isShown);
  byId("buttons").querySelector("[data-name=panel]")?.setAttribute("aria-pressed", String(isShown));
}

// -- around the grid ---------------------------------------------------------------------------------------------------

function go(sheet, cell) {
  if (isNarrow.matches) showBoard(false);
  grid.go(sheet, cell);
}

// What a button did: cells, words, a place, a file. What may be undone goes in as typed.
async function done(result, { isHidden = false } = {}) {
  if (result.writes?.length) {
    enter(result.writes);
    isSaved = false;
    if (!isHidden) grid.enter(result.writes);
    take(result);
    await keepWork();
  }
  if (result.file) hand(result.file.name, result.file.text, "application/json");
  if (result.go) go(...result.go);
  if (result.words) toast(result.words);
}

const macro = async (name, at = grid.place()) => done(await python.ask("macro", { macro: name, ...at }));
const planIt = async (row) => macro("plan_it", grid.rangeAt("wm_red_flags", row));
const handout = async (kind) => { const made = await python.ask("handout", { kind }); hand(made.name, made.text, "text/html"); };

// A list of people: what taking it would do is shown first.
async function people(file) {
  const content = await file.arrayBuffer();
  const shown = await python.ask("people", { file: file.name }, content);
  if (shown.isEmpty) return toast(shown.words);
  if (!window.confirm(`${shown.words}\n\n${say("toTake")}`)) return undefined;
  return done(await python.ask("people", { file: file.name, take: true }, content));
}

function ask(accept, take) {
  const one = make("input", { type: "file", accept });
  one.addEventListener("change", told(async () => { if (one.files[0]) await take(one.files[0]); }));
  one.click();
}

const GROUPS = [
  [["open", () => byId("file").click()], ["save", save]],
  [["undo", () => grid.undo()], ["redo", () => grid.redo()]],
  [["up", () => grid.run("sheet.command.sort-range-asc")], ["down", () => grid.run("sheet.command.sort-range-desc")],
    ["filter", () => grid.run("sheet.command.smart-toggle-filter")]],
  [["explain", told(() => macro("explain_cell"))], ["rows", told(() => macro("rows_for_contact"))]],
  [["check", told(async () => { panel.found(await python.ask("check")); showBoard(true); })],
    ["snapshot", told(async () => done(await python.ask("snapshot"), { isHidden: true }))]],
];
const MORE = [
  ["report", told(() => handout("team"))], ["noNames", told(() => handout("no-names"))], ["customer", told(() => handout("customer"))],
  ["json", told(() => macro("export_json"))], ["people", () => ask(".csv,.txt,.xlsx,.xlsm", people)],
];

function drawButtons() {
  const button = ([name, press]) => make("button", { type: "button", "data-name": name, onclick: press }, say(name));
  const more = make("details", { class: "more", onclick: (event) => { if (event.target.tagName === "BUTTON") more.open = false; } },
    make("summary", {}, say("more")), make("div", {}, ...MORE.map(button)));
  byId("buttons").replaceChildren(...GROUPS.map((group) => make("span", { class: "group" }, ...group.map(button))), more,
    make("button", { type: "button", "data-name": "panel", "aria-pressed": String(isBoardShown()), onclick: () => showBoard(!isBoardShown()) }, say("panel")));
}

async function start() {
  document.title = `${say("title")} · warmap`;
  showBoard(!isNarrow.matches);
  const unsaved = await kept();
  const fetched = (file) => told(async () => {
    const answer = await fetch(`./samples/${file}`);
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
    await open(file, await answer.arrayBuffer());
  });
  const sample = fetched(`manufacturer_mes.${words.lang}.xlsx`);
  const again = unsaved && make("p", { class: "again" },
    make("button", { type: "button", class: "main", onclick: told(() => open(unsaved.file, unsaved.content, unsaved.entered)) }, say("again", { file: unsaved.file })),
    make("button", { type: "button", onclick: async (event) => {
      if (!window.confirm(say("discardAsk", { file: unsaved.file }))) return;
      await forget();
      event.target.closest("p").remove();
    } }, say("discard")));
  byId("start").replaceChildren(make("h2", {}, say("title")), make("p", {}, say("lead")), again || "",
    make("button", { type: "button", class: "drop", onclick: () => byId("file").click() }, say("drop")),
    make("p", { class: "row" },
      make("button", { type: "button", onclick: sample }, say("sample")),
      make("button", { type: "button", onclick: fetched(`war_map.${words.lang}.xlsx`) }, say("blank"))));
  if (new URLSearchParams(location.search).has("sample") && !unsaved) await sample();
}

byId("file").addEventListener("change", told(async (event) => {
  const [file] = event.target.files;
  event.target.value = "";
  if (file) await choose(file);
}));
for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  if (name === "drop" && event.dataTransfer.files[0]) told(choose)(event.dataTransfer.files[0]);
});
window.addEventListener("beforeunload", (event) => { if (!isSaved) event.preventDefault(); });
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && work) { event.preventDefault(); save(); }
});
if ("serviceWorker" in navigator) navigator.serviceWorker.register("./offline.js").catch(() => {});
start();
