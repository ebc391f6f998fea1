"use strict";
// From the function that Excel calls to Python in the worker, and back. A classic script: it stands in <head> before
// functions.js, which names the functions, so that Excel finds every one of them at once (see docs/office.md).

const WARMAP = (() => {
    /** @typedef {{values: any[][], valueTypes: string[][]}} Cells  what Excel says of a range */
    /** @typedef {{postMessage: (message: object) => void, onmessage: any, onerror: any}} Port  the worker, or a test's */
    /** @typedef {{value?: any, error?: string, code?: string, words?: string, failed?: boolean}} Answer  of the worker */
    const ACCEPTED = ["#VALUE!", "#N/A", "#DIV/0!", "#NUM!", "#NULL!"]; // Excel takes no #NAME? or #REF! from a function
    const NO_CELL = "请指向一个单元格 / point to a cell";
    const UNREADABLE = "读不到 / cannot be read:";
    const UNCLEAR =
        "这里的空格和 0 分不清：请给区域或名称，不要给算式 / Blanks cannot be told from 0 here: give a range or a name, no expression";
    const REFERENCE = /(?:'[^']{1,80}'!|[\w.\u0080-\uffff]{1,40}!)?\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?|\bwm_\w+/gi;
    /** @type {Map<number, (answer: Answer) => void>} */
    const asked = new Map();
    let last = 0;
    /** @type {(port: Port) => void} */
    let isReady;
    /** @type {Promise<Port>} */
    const ready = new Promise((resolve) => (isReady = resolve));

    /**
     * Start Python in a worker; gives its answer. Until it has started, and where it does not, calls stay open: Excel shows
     * #BUSY!, which goes away by itself, where an error would stay.
     */
    async function start(/** @type {Port} */ port, /** @type {{lang: string, today: string}} */ args) {
        port.onmessage = (/** @type {{data: Answer & {id: number}}} */ { data }) => {
            asked.get(data.id)?.(data);
            asked.delete(data.id);
        };
        const answer = await post(port, "start", args);
        if (!answer.failed && !answer.error) isReady(port);
        return answer;
    }

    /** @returns {Promise<Answer>} */
    function post(/** @type {Port} */ port, /** @type {string} */ op, /** @type {object} */ args) {
        return new Promise((answered) => {
            asked.set(++last, answered);
            port.postMessage({ id: last, op, args });
        });
    }

    const ask = async (/** @type {string} */ op, /** @type {object} */ args) => post(await ready, op, args);

    // -- reading cells: what Excel hands to a function has 0 for a blank on the desktop and null on the web --------------

    /** @type {{places: Set<string>, cells: Promise<Map<string, Cells>>} | null} */
    let next = null;
    /** @type {Promise<unknown>} */
    let reading = Promise.resolve();

    /**
     * The cells behind some references. All calls of one calculation share one Excel.run: those that arrive in a row, or
     * while the reading before them is under way. A later call reads anew, for a cell may have changed.
     * @returns {Promise<Map<string, Cells>>}
     */
    function read(/** @type {string[]} */ places) {
        if (next === null) {
            /** @type {Set<string>} */
            const wanted = new Set();
            const cells = reading
                .then(() => new Promise((resolve) => setTimeout(resolve, 0)))
                .then(() => {
                    next = null;
                    return wanted.size ? readAll([...wanted]) : new Map();
                });
            reading = cells.catch(() => undefined);
            next = { places: wanted, cells };
        }
        const { places: wanted, cells } = next;
        places.forEach((place) => wanted.add(place));
        return cells;
    }

    /**
     * Read all at once; where that fails, one by one: a single reference that cannot be read (to another workbook), or more
     * cells than Excel on the web hands over at a time, must not fail every function.
     * @returns {Promise<Map<string, Cells>>}
     */
    async function readAll(/** @type {string[]} */ places) {
        try {
            return await Excel.run({ delayForCellEdit: true }, async (context) => {
                const ranges = places.map((place) => rangeOf(context, place).load("values, valueTypes"));
                await context.sync();
                return new Map(places.flatMap((place, i) => (ranges[i].isNullObject ? [] : [[place, ranges[i]]])));
            });
        } catch {
            /** @type {Map<string, Cells>} */
            const found = new Map();
            if (places.length > 1) for (const place of places) for (const [, cells] of await readAll([place])) found.set(place, cells);
            return found;
        }
    }

    /** The range of `Sheet!A1:B2` or of a defined name; a null object where there is no such name. */
    function rangeOf(/** @type {Excel.RequestContext} */ context, /** @type {string} */ place) {
        const end = place.lastIndexOf("!");
        if (end < 0) return context.workbook.names.getItemOrNullObject(place).getRangeOrNullObject();
        const sheet = place.slice(0, end).replace(/^'|'$/g, "").replace(/''/g, "'");
        return context.workbook.worksheets.getItem(sheet).getRange(place.slice(end + 1));
    }

    /** Rows with null for a blank, and for nothing else. */
    function restored(/** @type {Cells} */ { values, valueTypes }) {
        return values.map((row, r) => row.map((value, c) => (valueTypes[r][c] === "Empty" ? null : value)));
    }

    /** One argument for Python. Without an address it is a value written in the formula, or it was left out. */
    function argument(/** @type {string} */ kind, /** @type {any} */ sent, /** @type {Cells | undefined} */ cells) {
        if (cells) return kind === "range" ? restored(cells) : restored(cells)[0][0];
        const rows = Array.isArray(sent) ? sent : [[sent]];
        const isOne = rows.length === 1 && rows[0].length === 1;
        if (isOne && [undefined, null, "", 0].includes(rows[0][0])) return null; // left out: a host may send 0 for that too
        if (kind !== "range") return rows[0][0];
        if (rows.flat().includes(0)) throw new CustomFunctions.Error(CustomFunctions.ErrorCode.invalidValue, UNCLEAR);
        return rows;
    }

    // -- calls ------------------------------------------------------------------------------------------------------------

    /** What Excel shows: rows without a null, which would appear as 0; an error value with its words. */
    function shown(/** @type {Answer} */ { value, error, code, words }) {
        const named = error ?? code ?? (words && "#VALUE!");
        if (named) {
            const accepted = ACCEPTED.includes(named) ? named : "#VALUE!";
            throw new CustomFunctions.Error(/** @type {CustomFunctions.ErrorCode} */ (accepted), words ?? named);
        }
        const rows = Array.isArray(value) ? value : [[value]];
        return rows.map((/** @type {any[]} */ row) => row.map((one) => one ?? ""));
    }

    async function call(/** @type {string} */ name, /** @type {string[]} */ kinds, /** @type {any[]} */ sent, /** @type {string[]} */ places) {
        const cells = await read(places.filter(Boolean));
        const lost = places.find((place) => place && !cells.has(place));
        if (lost) throw new CustomFunctions.Error(CustomFunctions.ErrorCode.notAvailable, `${UNREADABLE} ${lost}`);
        const given = kinds.map((kind, i) => argument(kind, sent[i], cells.get(places[i])));
        return shown(await ask("call", { name, arguments: given }));
    }

    /** WARMAP.WHY: the formula of its cell, and the cells behind every reference in it. */
    async function why(/** @type {any} */ lang, /** @type {string} */ place) {
        const formula = await Excel.run({ delayForCellEdit: true }, async (context) => {
            const cell = rangeOf(context, place).load("formulas");
            const parent = cell.getSpillParentOrNullObject().load("formulas"); // a cell that a spill filled has no formula
            await context.sync();
            return String((parent.isNullObject ? cell : parent).formulas[0][0]);
        });
        const references = formula.replace(/"[^"]*"/g, '""').match(REFERENCE) ?? [];
        const sheet = place.slice(0, place.lastIndexOf("!") + 1);
        const full = (/** @type {string} */ one) => (/!|^wm_/i.test(one) ? one : sheet + one);
        const found = await read([...references.map(full), "wm_language"]);
        const own = found.get("wm_language")?.values[0][0];
        const cells = Object.fromEntries(
            references.flatMap((one) => (found.has(full(one)) ? [[one, restored(/** @type {Cells} */ (found.get(full(one))))]] : [])),
        );
        return shown(await ask("why", { formula, cells, lang: lang || own || "zh" }));
    }

    /** Register a function at once; its arguments are ranges, single values, or the cell itself (of WHY). */
    function stub(/** @type {string} */ name, /** @type {string[]} */ kinds) {
        CustomFunctions.associate(name, (/** @type {any[]} */ ...sent) => {
            const places = sent.pop().parameterAddresses ?? [];
            if (kinds[0] !== "cell") return call(name, kinds, sent, places);
            if (places[0]) return why(sent[1], places[0]);
            throw new CustomFunctions.Error(CustomFunctions.ErrorCode.invalidValue, NO_CELL);
        });
    }

    /** A function whose answer never changes: Excel has it without waiting. Every result of a war map asks for the version. */
    function fixed(/** @type {string} */ name, /** @type {string} */ value) {
        CustomFunctions.associate(name, () => [[value]]);
    }

    return { start, ask, stub, fixed };
})();
