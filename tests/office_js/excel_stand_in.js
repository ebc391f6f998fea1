"use strict";
// As much of Excel as the add-in touches, with Excel's discipline: what was not loaded and synced cannot be read, what is
// queued happens at the next sync, a locked sheet and a part of an array refuse. Driven by lines of JSON (excel_in_node.py).

const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");
const vm = require("node:vm");

const [folder] = process.argv.slice(2);
const functions = new Map();
let sheets, names, blank, runs = 0, inRun = 0;

class CustomError extends Error {
    constructor(code, message) {
        super(message);
        this.code = code;
    }
}
const letters = (word) => [...word].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0) - 1;
const place = (text) => {
    const [, c, r] = /^\$?([A-Z]+)\$?(\d+)$/.exec(text);
    return [Number(r) - 1, letters(c)];
};
const area = (text) => {
    const [first, last = first] = text.split(":");
    const [row, column] = place(first), [bottom, right] = place(last);
    return { row, column, rows: bottom - row + 1, columns: right - column + 1 };
};
const inside = (one, r, c) => r >= one.row && r < one.row + one.rows && c >= one.column && c < one.column + one.columns;

function target(reference) {
    const full = names[reference] ?? reference;
    const end = full.lastIndexOf("!");
    if (end < 0) return null;
    return { sheet: full.slice(0, end).replace(/^'|'$/g, "").replaceAll("''", "'"), ...area(full.slice(end + 1)) };
}
const value = (sheet, r, c) => sheets[sheet].rows[r]?.[c] ?? null;
const typeOf = (one) =>
    one === null ? "Empty" : typeof one === "number" ? "Double" : typeof one === "boolean" ? "Boolean" : /^#[A-Z/0]+[!?A]$/.test(one) ? "Error" : "String";
const grid = (at, cell) => Array.from({ length: at.rows }, (_, r) => Array.from({ length: at.columns }, (_, c) => cell(at.row + r, at.column + c)));
const arrayAt = (sheet, r, c) => sheets[sheet].arrays.find((one) => inside(one, r, c));
function formulaAt(sheet, r, c) {
    const array = arrayAt(sheet, r, c);
    if (!array) return value(sheet, r, c) ?? "";
    return array.spills && (array.row !== r || array.column !== c) ? value(sheet, r, c) ?? "" : array.formula;
}

/** An object of the API: properties come by load and sync, methods queue their work. */
function proxy(context, computed, methods) {
    const loaded = {}, wanted = new Set();
    context.loaders.push(() => wanted.forEach((name) => (loaded[name] = computed[name]?.())));
    const self = new Proxy({ ...methods }, {
        get(own, name) {
            if (name === "load") return (text) => (text.split(",").forEach((one) => wanted.add(one.trim().split("/")[0])), self);
            if (name === "then") return undefined;
            if (name === "context") return context;
            if (name in own) return own[name];
            if (name in loaded) return loaded[name];
            if (name === "isNullObject" && context.synced) return false;
            throw new Error(`PropertyNotLoaded: ${String(name)}`);
        },
        set(own, name, given) {
            if (!methods[`set ${String(name)}`]) throw new Error(`${String(name)} cannot be set`);
            return methods[`set ${String(name)}`](given), true;
        },
    });
    return self;
}

function range(context, at) {
    if (!at) return { isNullObject: true, load: () => range(context, null), getRangeOrNullObject: () => range(context, null) };
    const { sheet } = at;
    const parent = () => {
        const found = arrayAt(sheet, at.row, at.column);
        return found?.spills ? { sheet, row: found.row, column: found.column, rows: 1, columns: 1 } : null;
    };
    return proxy(context, {
        values: () => grid(at, (r, c) => value(sheet, r, c) ?? ""),
        valueTypes: () => grid(at, (r, c) => typeOf(value(sheet, r, c))),
        formulas: () => grid(at, (r, c) => formulaAt(sheet, r, c)),
        rowIndex: () => at.row, columnIndex: () => at.column, rowCount: () => at.rows, columnCount: () => at.columns,
        worksheet: () => ({ name: sheet }),
    }, {
        getSpillParentOrNullObject: () => range(context, parent()),
        getCell: (r, c) => range(context, { sheet, row: at.row + r, column: at.column + c, rows: 1, columns: 1 }),
        clear: (what) => context.queue.push(() => {
            if (what !== "Contents") throw new Error("formats are to stay");
            change(sheet, at, (own) => {
                own.arrays = own.arrays.filter((one) => !inside(at, one.row, one.column));
                grid(at, (r, c) => own.rows[r] && (own.rows[r][c] = null));
            });
        }),
        "set formulas": ([[formula]]) => context.queue.push(() => change(sheet, at, (own) => {
            const size = own.spilled[`${at.row},${at.column}`] ?? [1, 1]; // what the formula gives is not computed here
            own.arrays.push({ row: at.row, column: at.column, rows: size[0], columns: size[1], formula, spills: true });
        })),
    });
}

function change(sheet, at, work) {
    const own = sheets[sheet];
    if (own.protected) throw new Error("AccessDenied: the sheet is protected");
    if (own.arrays.some((one) => !one.spills && grid(one, (r, c) => inside(at, r, c)).flat().some(Boolean) && !grid(one, (r, c) => inside(at, r, c)).flat().every(Boolean)))
        throw new Error("You can't change part of an array.");
    work(own);
}

function worksheet(context, name) {
    const own = sheets[name];
    if (!own) throw new Error(`ItemNotFound: ${name}`);
    const height = own.rows.length, width = Math.max(0, ...own.rows.map((row) => row.length));
    return {
        name,
        getRange: (text) => range(context, { sheet: name, ...area(text) }),
        getRangeByIndexes: (row, column, rows, columns) => range(context, { sheet: name, row, column, rows, columns }),
        getUsedRangeOrNullObject: () => range(context, height ? { sheet: name, row: 0, column: 0, rows: height, columns: width } : null),
        protection: proxy(context, { protected: () => own.protected, options: () => own.options }, {
            unprotect: () => context.queue.push(() => {
                if (own.password) throw new Error("AccessDenied: a password is needed");
                own.protected = false;
            }),
            protect: (options) => context.queue.push(() => {
                if (own.protected) throw new Error("InvalidOperation: is protected already");
                Object.assign(own, { protected: true, options });
            }),
        }),
    };
}

const Excel = {
    async run(options, work = options) {
        runs++;
        if (inRun++) throw new Error("one Excel.run at a time");
        const context = { queue: [], loaders: [], synced: false };
        context.sync = async () => {
            await new Promise((resolve) => setTimeout(resolve, 1));
            for (const one of context.queue.splice(0)) one();
            context.loaders.forEach((one) => one());
            context.synced = true;
        };
        context.workbook = {
            names: proxy(context, {
                items: () => Object.keys(names).map((name) => ({ name, type: "Range", getRangeOrNullObject: () => range(context, target(name)) })),
            }, { getItemOrNullObject: (name) => ({ getRangeOrNullObject: () => range(context, names[name] ? target(name) : null) }) }),
            worksheets: proxy(context, { items: () => Object.keys(sheets).map((name) => worksheet(context, name)) }, { getItem: (name) => worksheet(context, name) }),
        };
        try {
            return await work(context);
        } finally {
            inRun--;
        }
    },
};

const send = (what) => process.stdout.write(JSON.stringify(what) + "\n");
const CustomFunctions = { associate: (name, work) => functions.set(name, work), Error: CustomError, ErrorCode: { invalidValue: "#VALUE!", notAvailable: "#N/A" } };
const world = vm.createContext({ Excel, CustomFunctions, setTimeout });
const run = (name) => vm.runInContext(fs.readFileSync(path.join(folder, name), "utf8"), world, name);
["adapter.js", "functions.js", "connect.js"].forEach(run);
const WARMAP = vm.runInContext("WARMAP", world), CONNECT = vm.runInContext("CONNECT", world);
const port = { postMessage: (message) => send({ ask: message }) };

/** What Excel hands over for an argument: the cells of a reference with this host's blank, or the value itself. */
function handedOver({ reference, value: plain }, isScalar) {
    if (!reference) return [plain ?? null, null];
    const at = target(reference);
    const cells = grid(at, (r, c) => value(at.sheet, r, c) ?? blank);
    const first = names[reference] ?? reference;
    return [isScalar ? cells[0][0] : cells, first.replaceAll("$", "")];
}

const cells = [];
function evaluate(name, given, shapes) {
    const pairs = given.map((one, i) => handedOver(one, shapes[i] === "scalar"));
    invoke(name, pairs.map(([one]) => one), pairs.map(([, address]) => address));
}
function invoke(name, sent, parameterAddresses) {
    const cell = { shows: "#BUSY!" };
    cells.push(cell);
    new Promise((resolve) => resolve(functions.get(name)(...sent, { parameterAddresses }))).then(
        (rows) => (cell.shows = rows),
        (fault) => (cell.shows = fault instanceof CustomError ? { error: fault.code, words: fault.message } : { fault: String(fault.stack) }),
    );
}

const commands = {
    open: (book) => (({ sheets, names, blank } = book), Object.keys(sheets).length),
    names: () => [...functions.keys()],
    evaluate: (calls) => calls.forEach((one) => evaluate(...one)),
    elsewhere: (calls) => calls.forEach(([name, address]) => invoke(name, [[[0]]], [address])),
    start: () => void WARMAP.start(port, { lang: "en", today: "2026-06-30" }),
    answer: (message) => port.onmessage({ data: message }),
    async settle() {
        for (let i = 0; i < 40; i++) await new Promise((resolve) => setTimeout(resolve, 1));
    },
    cells: () => [...cells.map((one) => one.shows)],
    runs: () => runs,
    connect: () => CONNECT.connect(),
    told: ([lang, report]) => CONNECT.told(lang, report),
    sheets: () => sheets,
    change: ([name, facts]) => Object.assign(sheets[name], facts),
    grow([name, height]) {
        while (sheets[name].rows.length < height) sheets[name].rows.push(Array(40).fill(null));
    },
    put([name, row, column, text]) {
        const at = target(name);
        sheets[at.sheet].rows[at.row + row][at.column + column] = text;
    },
};
readline.createInterface({ input: process.stdin }).on("line", async (line) => {
    const [command, given] = JSON.parse(line);
    try {
        send({ done: (await commands[command](given)) ?? null });
    } catch (fault) {
        send({ failed: String(fault.stack) });
    }
});
