// The conditional formats of the workbook, worked out for the cells that are drawn, from what the cells hold at that moment.
// The rules come from Python as trees (format_rules.py says how).
export const SPAN = 16384; // columns of a sheet; the key of a cell is row * SPAN + column, from 0
// By the name of a sheet, which may be any word, also one that every object has (“constructor”).
export const named = (found) => Object.assign(Object.create(null), found);
const FAULT = Symbol("fault"); // of a formula: the rule does not hold
const ERRORS = new Set(["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"]);
const fail = () => { throw FAULT; };

const flat = (value) => (Array.isArray(value) ? value.flat() : [value]);
const isBlank = (value) => value === null || value === undefined;
const number = (value) => {
  if (isBlank(value)) return 0;
  if (typeof value === "string") return value.trim() && !Number.isNaN(Number(value)) ? Number(value) : fail();
  return Number(value);
};
const text = (value) => (isBlank(value) ? "" : typeof value === "boolean" ? String(value).toUpperCase() : String(value));
const holds = (value) => (typeof value === "string" ? fail() : Boolean(value));
// In an area texts and blanks say nothing of true and false.
const truths = (values) => values.flatMap((one) => (Array.isArray(one) ? one.flat().filter((each) => typeof each === "number" || typeof each === "boolean") : [one])).map(holds);
const RANK = { number: 0, string: 1, boolean: 2 };
function compared(left, right) {
  if (isBlank(left)) left = typeof right === "string" ? "" : typeof right === "boolean" ? false : 0;
  if (isBlank(right)) right = typeof left === "string" ? "" : typeof left === "boolean" ? false : 0;
  if (typeof left !== typeof right) return RANK[typeof left] - RANK[typeof right];
  if (typeof left === "string") { left = left.toLowerCase(); right = right.toLowerCase(); }
  return left < right ? -1 : left > right ? 1 : 0;
}
const SIGNS = {
  "=": (a, b) => compared(a, b) === 0, "<>": (a, b) => compared(a, b) !== 0, "<": (a, b) => compared(a, b) < 0,
  ">": (a, b) => compared(a, b) > 0, "<=": (a, b) => compared(a, b) <= 0, ">=": (a, b) => compared(a, b) >= 0,
  "&": (a, b) => text(a) + text(b), "+": (a, b) => number(a) + number(b), "-": (a, b) => number(a) - number(b),
  "*": (a, b) => number(a) * number(b), "/": (a, b) => (number(b) === 0 ? fail() : number(a) / number(b)),
};
// What works cell by cell works so on areas too.
const each = (of) => (...given) => {
  const area = given.find(Array.isArray);
  if (!area) return of(...given);
  return area.map((line, row) => line.map((_, column) => of(...given.map((one) => (Array.isArray(one) ? one[row]?.[column] ?? null : one)))));
};
const at = (place) => (place < 0 ? fail() : place + 1);
export const FUNCTIONS = {
  AND: (...given) => truths(given).every(Boolean), OR: (...given) => truths(given).some(Boolean),
  ISNUMBER: each((value) => typeof value === "number"), N: each((value) => (typeof value === "number" || typeof value === "boolean" ? Number(value) : 0)),
  INT: each((value) => Math.floor(number(value))), MOD: each((value, by) => (number(by) === 0 ? fail() : number(value) - number(by) * Math.floor(number(value) / number(by)))),
  LEN: each((value) => text(value).length), LEFT: each((value, count = 1) => text(value).slice(0, number(count))),
  TRIM: each((value) => text(value).split(" ").filter(Boolean).join(" ")), CHAR: each((code) => String.fromCharCode(number(code))),
  FIND: each((what, value) => at(text(value).indexOf(text(what)))),
  SEARCH: each((what, value) => at(text(value).toLowerCase().indexOf(text(what).toLowerCase()))),
  SUBSTITUTE: each((value, old, by) => (text(old) ? text(value).replaceAll(text(old), text(by)) : text(value))),
  COUNTA: (...given) => given.flatMap(flat).filter((one) => !isBlank(one)).length,
  SUMPRODUCT: (area) => flat(area).reduce((sum, one) => sum + (typeof one === "number" ? one : 0), 0),
  MATCH: (what, area) => at(flat(area).findIndex((one) => !isBlank(one) && compared(what, one) === 0)),
  INDEX: (area, row, column = 1) => {
    const lines = Array.isArray(area) ? area : [[area]];
    const chosen = number(row) ? [lines[number(row) - 1] ?? fail()] : lines;
    const found = number(column) ? chosen.map((line) => [number(column) <= line.length ? line[number(column) - 1] : fail()]) : chosen;
    return found.length === 1 && found[0].length === 1 ? found[0][0] : found;
  },
};
const negated = each((value) => -number(value));

export class Conditions {
  // `rules` by sheet; `read(sheet, row, column)` of a cell, counted from 1; `area(name)` as [sheet, r1, c1, r2, c2].
  constructor(rules, { read, area }) {
    Object.assign(this, { rules: named(rules), read, area });
    this.forget();
  }

  forget() {
    this.areas = new Map();
    this.known = named();
    for (const sheet in this.rules) this.known[sheet] = new Map();
  }

  // The formats that hold in a cell, as one; null where none does. Rows and columns from 0.
  style(sheet, row, column) {
    const known = this.known[sheet];
    if (!known) return null;
    const key = row * SPAN + column;
    let found = known.get(key);
    if (found === undefined) known.set(key, found = this.composed(this.rules[sheet], sheet, row, column));
    return found;
  }

  composed(rules, sheet, row, column) {
    let found = null;
    for (const { ranges, test, style, stops } of rules) {
      if (!ranges.some((box) => row >= box.startRow && row <= box.endRow && column >= box.startColumn && column <= box.endColumn)) continue;
      if (!this.isTrue(test, { sheet, row: row + 1, down: row - ranges[0].startRow, right: column - ranges[0].startColumn })) continue;
      found = { ...style, ...found };
      if (stops) break;
    }
    return found;
  }

  isTrue(test, place) {
    try {
      const value = this.value(test, place);
      return holds(Array.isArray(value) ? value[0][0] : value);
    } catch (fault) {
      if (fault !== FAULT) throw fault;
      return false;
    }
  }

  value(node, place) {
    const [kind, ...parts] = node;
    switch (kind) {
      case "v": return parts[0];
      case "r": return this.cells(parts[0] ?? place.sheet, parts[1].map((one, which) => one + parts[2][which] * (which % 2 ? place.right : place.down)));
      case "n": { const [sheet, ...box] = this.area(parts[0]) ?? fail(); return this.cells(sheet, box); }
      case "-": { const value = this.value(parts[1], place); return parts[0] % 2 ? negated(value) : each(number)(value); }
      case "o": return parts.slice(1).reduce((left, [sign, right]) => each(SIGNS[sign])(left, this.value(right, place)), this.value(parts[0], place));
      case "f":
        if (parts[0] === "ROW" && parts.length === 1) return place.row;
        return FUNCTIONS[parts[0]](...parts.slice(1).map((one) => this.value(one, place)));
      default: return fail();
    }
  }

  cells(sheet, box) {
    const [r1, c1, r2, c2] = box;
    if (r1 === r2 && c1 === c2) return this.cell(sheet, r1, c1);
    const key = `${sheet} ${box}`; // many cells ask for the same area
    let found = this.areas.get(key);
    if (found === undefined) {
      found = Array.from({ length: r2 - r1 + 1 }, (_, row) => Array.from({ length: c2 - c1 + 1 }, (_, column) => this.read(sheet, r1 + row, c1 + column)));
      if (found.some((line) => line.some((value) => ERRORS.has(value)))) found = FAULT;
      this.areas.set(key, found);
    }
    return found === FAULT ? fail() : found;
  }

  cell(sheet, row, column) {
    const value = this.read(sheet, row, column);
    return ERRORS.has(value) ? fail() : value;
  }
}
