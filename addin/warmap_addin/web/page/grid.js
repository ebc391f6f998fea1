// The workbook's sheets in Univer: what Python worked out goes in, what a person changed comes out. Univer's own formulas
// serve drop-downs only.
import { InterceptorEffectEnum, LocaleType, LogLevel, Univer, mergeLocales } from "@univerjs/core";
import { FUniver } from "@univerjs/core/lib/facade";
import { IRenderManagerService } from "@univerjs/engine-render";
import { UniverSheetsCorePreset } from "@univerjs/preset-sheets-core";
import enCore from "@univerjs/preset-sheets-core/locales/en-US";
import zhCore from "@univerjs/preset-sheets-core/locales/zh-CN";
import { UniverSheetsDataValidationPreset } from "@univerjs/preset-sheets-data-validation";
import enValidation from "@univerjs/preset-sheets-data-validation/locales/en-US";
import zhValidation from "@univerjs/preset-sheets-data-validation/locales/zh-CN";
import { UniverSheetsFilterPreset } from "@univerjs/preset-sheets-filter";
import enFilter from "@univerjs/preset-sheets-filter/locales/en-US";
import zhFilter from "@univerjs/preset-sheets-filter/locales/zh-CN";
import { UniverSheetsSortPreset } from "@univerjs/preset-sheets-sort";
import enSort from "@univerjs/preset-sheets-sort/locales/en-US";
import zhSort from "@univerjs/preset-sheets-sort/locales/zh-CN";
import { INTERCEPTOR_POINT, SheetInterceptorService } from "@univerjs/sheets";
import { ILayoutService } from "@univerjs/ui";
import { Conditions, SPAN, named } from "./conditions.js";
import "@univerjs/preset-sheets-core/lib/index.css";
import "@univerjs/preset-sheets-data-validation/lib/index.css";
import "@univerjs/preset-sheets-filter/lib/index.css";
import "@univerjs/preset-sheets-sort/lib/index.css";

const LOCALE = { zh: LocaleType.ZH_CN, en: LocaleType.EN_US };
const LOCALES = {
  [LocaleType.ZH_CN]: mergeLocales(zhCore, zhValidation, zhFilter, zhSort),
  [LocaleType.EN_US]: mergeLocales(enCore, enValidation, enFilter, enSort),
};
const PUT = "sheet.mutation.set-range-values", ENTER = "sheet.command.set-range-values";
// Whatever changes cells: typing, paste, sorting, undo, dragging, replacing.
const CHANGES = /^sheet\.mutation\.(set-range-values|move-range|reorder-range|delete-range|insert-range|move-rows|move-columns)/;
// What the file cannot be given by this page: other rows, columns, sheets, formats and merged cells.
const CLOSED = new RegExp(
  "^sheet\\.(command|operation)\\.(insert-(row|col|sheet|range|multi|many)|append-row|remove-(row|col|sheet)|delete-range|" +
  "move-(rows|cols)|copy-(sheet|worksheet)|set-worksheet-(name|order)|set-(bold|italic|underline|stroke|font|text|background|border|" +
  "style|horizontal|vertical|tab-color)|add-worksheet-merge|remove-worksheet-merge|(set-)?numfmt|delta-column|add-range-protection|" +
  "set-range-(bold|italic|underline|stroke|font|text-color|subscript|superscript)|format-painter|clear-selection-(format|all))",
);
const SIGN = /^(?:"([^"]*)")?(?:@|General)(?:"([^"]*)")?$/; // a format that puts a sign before or after what stands there
const INSTEAD = /^;;;"([^"]*)"$/; // a format that shows words where a formula gives an empty text
const HIDDEN = ";;;"; // a format that shows nothing
const FIXED = /!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?$/; // an area that is the same wherever it is asked for
const CALCULATE = "formula.mutation.set-formula-calculation-start";
const WAIT = 40; // milliseconds between two looks

const plain = (cell) => {
  if (!cell) return null;
  const value = cell.v ?? (cell.p ? cell.p.body.dataStream.replace(/\r\n$/, "") : null);
  if (value === null || value === "") return null;
  return cell.t === 3 ? Boolean(value) : value;
};
const stored = (value) => {
  if (value === null || value === "") return { v: null, t: null, f: null, p: null };
  if (typeof value === "boolean") return { v: Number(value), t: 3, f: null, p: null };
  return { v: value, t: typeof value === "number" ? 2 : 1, f: null, p: null };
};
// What stands there by a format of these kinds; undefined where the grid's own way of showing it is right.
function shownAs(pattern, value) {
  const isBlank = value === undefined || value === null || value === "";
  if (pattern === HIDDEN) return "";
  if (isBlank) return INSTEAD.exec(pattern)?.[1];
  const sign = SIGN.exec(pattern);
  return sign ? `${sign[1] ?? ""}${value}${sign[2] ?? ""}` : undefined;
}
const letters = (column) => (column < 26 ? "" : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));
const columnOf = (name) => [...name].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
const cellName = (row, column) => `${letters(column)}${row + 1}`;
// A cell or a rectangle of a named sheet as [sheet, r1, c1, r2, c2], from 1; null for anything else.
function areaOf(reference) {
  const parts = /^'?(.*?)'?!\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?$/.exec(reference);
  if (!parts) return null;
  const [, sheet, left, top, right = left, bottom = top] = parts;
  return [sheet.replace(/''/g, "'"), Number(top), columnOf(left), Number(bottom), columnOf(right)];
}

// One workbook as Python opened it.
export class Grid {
  constructor(container, opened, { onEdit, onClosed }) {
    const { lang } = opened;
    Object.assign(this, { onEdit, onClosed });
    this.univer = new Univer({ locale: LOCALE[lang], locales: LOCALES, logLevel: LogLevel.ERROR });
    const lists = { showEditOnDropdown: false, showSearchOnDropdown: false }; // the search takes the keys away from the cell
    const presets = [
      UniverSheetsCorePreset({ container, toolbar: false, header: false, disableAutoFocus: true }),
      UniverSheetsDataValidationPreset(lists), UniverSheetsFilterPreset(), UniverSheetsSortPreset(),
    ];
    const plugins = new Map(presets.flatMap((one) => one.plugins).map((one) => (Array.isArray(one) ? one : [one])).map((one) => [one[0].pluginName, one]));
    for (const [plugin, options] of plugins.values()) this.univer.registerPlugin(plugin, options);
    this.api = FUniver.newAPI(this.univer);
    this.gathered = Promise.resolve();
    this.listen();
    this.open(opened);
  }

  get book() { return this.api.getActiveWorkbook(); }

  listen() {
    const { Event } = this.api;
    this.api.addEvent(Event.BeforeCommandExecute, (event) => {
      if (CLOSED.test(event.id)) { event.cancel = true; this.onClosed("structure"); }
      if (event.id === CALCULATE && !this.feedsLists(event.params)) event.cancel = true; // else all is drawn once more at each entry
    });
    this.api.addEvent(Event.CommandExecuted, ({ id }) => {
      if (!this.isApplying && CHANGES.test(id)) { clearTimeout(this.timer); this.timer = setTimeout(() => this.gather()); }
    });
    this.api.addEvent(Event.BeforeSheetEditStart, (event) => {
      const why = this.whyClosed(event.worksheet.getSheetName(), event.row, event.column);
      if (why) { event.cancel = true; this.onClosed(why); }
    });
    this.api.addEvent(Event.CellClicked, (event) => {
      const target = this.leads.get(`${event.worksheet.getSheetName()}!${cellName(event.row, event.column)}`);
      if (target) this.goTo(target);
    });
  }

  // Whether a drop-down may take its words from what was changed, or is new itself.
  feedsLists({ forceCalculation, dirtyRanges = [], dirtyUnitOtherFormulaMap = {} }) {
    const isApart = ([sheet, top, left, bottom, right], { sheetId, range }) =>
      sheet !== this.names[sheetId] || range.startRow >= bottom || range.endRow < top - 1 || range.startColumn >= right || range.endColumn < left - 1;
    if (forceCalculation || !dirtyRanges.length || Object.keys(dirtyUnitOtherFormulaMap).length) return true;
    return dirtyRanges.some((changed) => this.sources.some((area) => !area || !isApart(area, changed)));
  }

  // -- opening --------------------------------------------------------------------------------------------------------

  open({ grid, rules, openCells, areas, links, lang, entered }) {
    const resources = Object.entries(grid.resources).map(([name, data]) => ({ name, data: JSON.stringify(data) }));
    Object.assign(this, { openCells: named(openCells), areas: named(areas), ids: named(), names: {}, shadow: {}, own: {}, styles: {}, leads: new Map() });
    this.hiddenStyles = new Set(Object.keys(grid.styles).filter((id) => grid.styles[id].n?.pattern === HIDDEN));
    const limits = Object.values(grid.resources.SHEET_DATA_VALIDATION_PLUGIN).flat().flatMap((one) => [one.formula1, one.formula2]);
    this.sources = [...new Set(limits.filter((one) => one?.startsWith("=")))].map((one) => (FIXED.test(one) ? areaOf(one.slice(1)) : null));
    this.ranges = new Map(Object.values(grid.resources.SHEET_DEFINED_NAME_PLUGIN).map((one) => [one.name.toLowerCase(), areaOf(one.formulaOrRefString)]));
    for (const sheet of Object.values(grid.sheets)) {
      this.ids[sheet.name] = sheet.id;
      this.names[sheet.id] = sheet.name;
      this.styles[sheet.id] = sheet.columnData;
      const shadow = this.shadow[sheet.id] = new Map(), own = this.own[sheet.id] = new Map();
      for (const row in sheet.cellData) for (const column in sheet.cellData[row]) {
        const key = +row * SPAN + +column, cell = sheet.cellData[row][column], value = plain(cell);
        own.set(key, cell.s);
        if (value !== null) shadow.set(key, value);
      }
    }
    this.fixed = new Map(Object.entries(links).flatMap(([sheet, cells]) => Object.entries(cells).map(([cell, to]) => [`${sheet}!${cell}`, to])));
    this.leads = new Map(this.fixed);
    this.api.createWorkbook({ ...grid, name: "warmap", appVersion: "0.25.1", locale: LOCALE[lang], resources });
    const models = named(); // a new object for each cell that is looked at would cost more than the looking
    for (const name in this.ids) models[name] = this.book.getSheetByName(name).getSheet();
    this.conditions = new Conditions(rules, {
      read: (sheet, row, column) => plain(models[sheet]?.getCellRaw(row - 1, column - 1)),
      area: (name) => this.ranges.get(name.toLowerCase()),
    });
    this.paint();
    this.apply(entered); // on an earlier visit: Python knows it, and it is no step to undo
    this.dress(entered);
  }

  // Conditional formats, with the signs that their number formats put before a word.
  paint() {
    this.univer.__getInjector().get(SheetInterceptorService).intercept(INTERCEPTOR_POINT.CELL_CONTENT, {
      priority: 10, effect: InterceptorEffectEnum.Style | InterceptorEffectEnum.Value,
      handler: (cell, at, next) => {
        const style = this.conditions.style(this.names[at.subUnitId], at.row, at.col), id = cell?.s;
        const isNamed = typeof id === "string";
        if (!style && !(isNamed ? this.hiddenStyles.has(id) : id?.n?.pattern === HIDDEN)) return next(cell); // most of ten thousands at each drawing
        const own = isNamed ? at.workbook.getStyles().get(id) : id;
        const pattern = (style?.n ?? own?.n)?.pattern ?? "";
        const { n, ...looks } = style ?? {}, painted = { ...cell, s: { ...own, ...looks } };
        const said = shownAs(pattern, painted.v);
        if (said !== undefined) Object.assign(painted, { v: said, t: 1 });
        return next(painted);
      },
    });
  }

  // What is drawn may look different since a cell changed.
  repaint() {
    this.conditions.forget();
    const isDrawn = this.univer.__getInjector().get(IRenderManagerService).getRenderById(this.book.getId());
    if (isDrawn) this.book.getActiveSheet().refreshCanvas();
  }

  // -- what Python says ------------------------------------------------------------------------------------------------

  // Shows results; no step to undo. `cells` are [sheet, row, column, value], rows and columns from 1.
  apply(cells) {
    this.write(PUT, "cellValue", this.bySheet(cells));
    this.repaint();
  }

  // Writes what a button entered, so that it can be undone; Python knows it already.
  enter(cells) { this.write(ENTER, "value", this.bySheet(cells)); }

  // Nothing that is written so is taken for an entry.
  write(command, argument, sheets) {
    this.isApplying = true;
    try {
      for (const [subUnitId, cells] of sheets) this.api.syncExecuteCommand(command, { unitId: this.book.getId(), subUnitId, [argument]: cells });
    } finally { this.isApplying = false; }
  }

  bySheet(cells) {
    const found = new Map();
    for (const [sheet, row, column, value] of cells) {
      const id = this.ids[sheet];
      if (id === undefined) continue;
      if (!found.has(id)) found.set(id, {});
      const line = found.get(id)[row - 1] ??= {};
      line[column - 1] = stored(value);
      this.shadow[id].set((row - 1) * SPAN + column - 1, value === "" ? null : value);
    }
    return found;
  }

  takeLeads(leads) {
    this.leads = new Map(this.fixed);
    for (const [sheet, row, column, to] of leads) this.leads.set(`${sheet}!${cellName(row - 1, column - 1)}`, to);
  }

  // -- what a person did -----------------------------------------------------------------------------------------------

  // All cells against what they were: quicker and surer than to follow every kind of change.
  differences() {
    const found = [];
    for (const id in this.names) {
      const shadow = this.shadow[id], seen = new Set();
      const model = this.book.getSheetBySheetId(id).getSheet();
      model.getCellMatrix().forValue((row, column, cell) => {
        const key = row * SPAN + column, value = plain(cell), old = shadow.get(key) ?? null;
        seen.add(key);
        if (value !== old && !(typeof value === "number" && Math.abs(value - old) < 1e-12)) {
          found.push([this.names[id], row + 1, column + 1, value]);
          shadow.set(key, value);
        }
      });
      for (const [key, old] of shadow) if (old !== null && !seen.has(key)) {
        found.push([this.names[id], Math.floor(key / SPAN) + 1, (key % SPAN) + 1, null]);
        shadow.set(key, null);
      }
    }
    return found;
  }

  // When this ends, Python knows everything that was changed before it was asked for.
  gather() {
    this.gathered = this.gathered.catch(() => {}).then(() => {
      const changes = this.differences();
      if (!changes.length) return undefined;
      this.dress(changes);
      return this.onEdit(changes);
    });
    return this.gathered;
  }

  // What is being typed counts as entered, as if Enter had been pressed.
  async commit() {
    if (this.book?.isCellEditing()) await this.book.endEditingAsync(true);
    return this.gather();
  }

  dispose() { clearTimeout(this.timer); this.univer.dispose(); }

  // Every cell keeps the format that the file has for it, wherever its content was copied from, and no formula stays.
  dress(changes) {
    const bare = new Map(), dressed = new Map();
    const put = (cells, id, row, column, cell) => {
      if (!cells.has(id)) cells.set(id, {});
      (cells.get(id)[row - 1] ??= {})[column - 1] = cell;
    };
    for (const [sheet, row, column] of changes) {
      const id = this.ids[sheet], cell = this.book.getSheetBySheetId(id).getSheet().getCellRaw(row - 1, column - 1);
      const style = this.own[id].get((row - 1) * SPAN + column - 1) ?? this.styles[id][column - 1]?.s;
      if (!cell || (cell.s === style && !cell.f)) continue;
      put(bare, id, row, column, { s: null, f: null, si: null }); // a format is added to the one that is there
      if (style) put(dressed, id, row, column, { s: style });
    }
    this.write(PUT, "cellValue", [...bare, ...dressed]);
  }

  // Nothing is written while a cell is being typed in: Univer would lose the first letters.
  async settled() { while (this.book.isCellEditing()) await new Promise((go) => setTimeout(go, WAIT)); }

  whyClosed(sheet, row, column) {
    if ((this.areas[sheet] ?? []).some(([r1, c1, r2, c2]) => row + 1 >= r1 && row + 1 <= r2 && column + 1 >= c1 && column + 1 <= c2)) return "computed";
    const rows = this.openCells[sheet];
    const runs = rows && (rows[row + 1] ?? rows[0]);
    return runs && !runs.some(([first, last]) => column + 1 >= first && column + 1 <= last) ? "locked" : "";
  }

  // -- going about -----------------------------------------------------------------------------------------------------

  place() {
    const range = this.book?.getActiveRange();
    return range ? { sheet: this.book.getActiveSheet().getSheetName(), cell: cellName(range.getRow(), range.getColumn()) } : null;
  }

  // The first cell of a row of a named range, rows counted from 0.
  rangeAt(name, row) {
    const area = this.ranges.get(name.toLowerCase());
    return area && { sheet: area[0], cell: cellName(area[1] - 1 + row, area[2] - 1) };
  }

  goTo(target) {
    const said = target.replace(/^#/, ""), area = this.ranges.get(said.toLowerCase()) ?? areaOf(said);
    if (area) this.go(area[0], cellName(area[1] - 1, area[2] - 1));
  }

  go(sheet, cell) {
    const target = this.book.getSheetByName(sheet);
    if (!target || !/^[A-Z]{1,3}[0-9]{1,7}$/.test(cell)) return false;
    this.book.setActiveSheet(target);
    const range = target.getRange(cell);
    range.activate();
    target.scrollToCell(Math.max(0, range.getRow() - 3), Math.max(0, range.getColumn() - 2));
    this.focus();
    return true;
  }

  // What is typed next goes into the cells.
  focus() { this.univer.__getInjector().get(ILayoutService).focus(); }

  run(command) { this.focus(); return this.api.executeCommand(command); }
  undo() { this.focus(); return this.api.undo(); }
  redo() { this.focus(); return this.api.redo(); }
}
