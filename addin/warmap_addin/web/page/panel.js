// The board beside the sheets: scores, flags, next actions, findings, changes, pictures. Texts of a workbook go in as text only.
import { say } from "./words.js";

export function make(tag, about = {}, ...children) {
  const one = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (name.startsWith("on")) one.addEventListener(name.slice(2), value);
    else if (value === true) one.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) one.setAttribute(name, value);
  }
  one.append(...children.filter((child) => child !== null && child !== undefined));
  return one;
}

const text = (value) => (value === null || value === undefined ? "" : typeof value === "number" ? number(value) : String(value));
const number = (value) => (Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 10 ? 2 : 1).replace(/\.?0+$/, ""));
function enlarge(address, name) {
  const shown = make("dialog", { class: "large", "aria-label": name, onclick: () => shown.close(), onclose: () => shown.remove() },
    make("img", { src: address, alt: name }), make("button", { type: "button" }, say("close")));
  document.body.append(shown);
  shown.showModal();
}

const TABS = ["scores", "flags", "actions", "findings", "changes", "picture"];
const PICTURES = ["org", "power", "trend", "stages"];

export class Panel {
  constructor(holder, { onGo, onPlan, onPicture }) {
    Object.assign(this, { holder, onGo, onPlan, onPicture, tab: "scores", kind: "org", panel: {}, heads: {}, findings: null });
    this.tabs = make("div", { role: "tablist", class: "tabs" }, ...TABS.map((tab) => make("button", {
      role: "tab", type: "button", onclick: () => this.turn(tab), onkeydown: (event) => this.step(event, tab),
    })));
    this.body = make("div", { role: "tabpanel", class: "body", tabindex: "0" });
    holder.replaceChildren(this.tabs, this.body);
  }

  open(heads) { this.heads = heads; this.findings = null; this.drawTabs(); }

  show(panel) { this.panel = panel; this.drawTabs(); this.draw(); }

  // All findings of the whole file, where it was checked; typing makes them old.
  found(findings) { this.findings = findings; this.turn("findings"); }

  turn(tab) { this.tab = tab; this.drawTabs(); this.draw(); }

  drawTabs() { // the same buttons all along: one that is drawn anew would lose the focus
    TABS.forEach((tab, place) => {
      const one = this.tabs.children[place], isChosen = tab === this.tab;
      const rows = this.panel[tab], count = rows && tab !== "scores" && tab !== "changes" ? ` ${rows.length}` : "";
      one.textContent = say(tab) + count;
      one.setAttribute("aria-selected", String(isChosen));
      one.tabIndex = isChosen ? 0 : -1;
    });
  }

  step(event, tab) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    this.turn(TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length]);
    this.tabs.querySelector("[aria-selected=true]").focus();
  }

  draw() {
    const drawn = { scores: () => this.scores(), flags: () => this.flags(), actions: () => this.actions(), findings: () => this.checks(), changes: () => this.changes(), picture: () => this.picture() };
    this.body.replaceChildren(...drawn[this.tab]());
  }

  rows(name) { return this.panel[name] ?? []; }

  scores() {
    return this.rows("scores").map(([name, value, unit, why]) => make("div", { class: "score" },
      make("b", {}, text(name)), make("span", {}, make("b", {}, value === "" || value === null ? "—" : text(value)), " ", make("small", {}, text(unit))), make("p", {}, text(why))));
  }

  flags() {
    const rows = this.rows("flags");
    if (!rows.length) return [make("p", {}, say("none"))];
    return rows.map(([severity, code, subject, message, remedy, route, worth, answer], place) => make("article", { class: "card" },
      make("h3", {}, `${text(severity)} ${text(code)} · ${text(subject)}`), make("p", {}, text(message)),
      make("p", { class: "do" }, text(answer) || text(remedy)), route ? make("p", { class: "route" }, text(route)) : null,
      make("p", { class: "row" }, worth ? make("small", {}, `${this.heads.flags?.[6] ?? ""} ${text(worth)}`) : null,
        text(answer) ? null : make("button", { type: "button", onclick: () => this.onPlan(place) }, say("plan")))));
  }

  actions() {
    const rows = this.rows("actions");
    if (!rows.length) return [make("p", {}, say("none"))];
    return [make("ol", { class: "actions" }, ...rows.map(([what, who, why, owner, due, worth, route]) => make("li", {},
      make("p", {}, make("b", {}, text(who)), " ", text(what)), make("p", { class: "do" }, [owner, due, worth && `+${text(worth)}`].filter(Boolean).map(text).join(" · ")),
      make("small", {}, [why, route].filter(Boolean).map(text).join(" · ")))))];
  }

  checks() {
    const rows = this.findings ?? this.rows("findings").map(([sheet, cell, code, message, hint]) => ["", sheet, cell, code, message, hint]);
    if (!rows.some((row) => row[3])) return [make("p", {}, text(rows[0]?.[4] ?? rows[0]?.[1]) || say("none"))];
    return rows.filter((row) => row[3]).map(([severity, sheet, cell, code, message, hint]) => make("article", { class: `card ${severity}` },
      make("h3", {}, `${text(sheet)} ${text(cell)} · ${text(code)}`), make("p", {}, text(message)), make("p", { class: "do" }, text(hint)),
      cell ? make("button", { type: "button", onclick: () => this.onGo(sheet, cell) }, say("go")) : null));
  }

  changes() {
    const rows = this.rows("changes");
    if (!rows.length) return [make("p", {}, say("none"))];
    const heads = this.heads.changes ?? [];
    return [make("table", {}, make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))),
      make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((value) => make("td", {}, text(value)))))))];
  }

  picture() {
    const holder = make("div", { class: "picture" });
    const buttons = PICTURES.map((kind) => make("button", { type: "button", onclick: () => choose(kind) }, say(kind)));
    const choose = (kind) => this.onPicture(this.kind = kind).then((drawing) => {
      if (this.kind !== kind) return null; // another was asked for meanwhile
      buttons.forEach((button, place) => button.setAttribute("aria-pressed", String(PICTURES[place] === kind)));
      if (!drawing) return holder.replaceChildren(make("p", {}, say("noPicture")));
      const address = URL.createObjectURL(new Blob([drawing], { type: "image/svg+xml" }));
      return holder.replaceChildren(make("a", { href: address, download: `${kind}.svg` }, say("download")), make("button", {
        type: "button", class: "plain", title: say("larger"), onclick: () => enlarge(address, say(kind)),
      }, make("img", { src: address, alt: say(kind) })));
    });
    choose(this.kind);
    return [make("p", { class: "row" }, ...buttons), holder];
  }
}
