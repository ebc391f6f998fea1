"use strict";
// The task pane: starts Python in the worker, and *Connect*, which makes the functions of an opened war map answer.
//
// Formulas that stood in the file before the add-in was loaded stay #NAME?, and Range.formulaArray is there on the desktop
// only. So each array is cleared and its first cell written anew as a formula that spills into the same cells.

const CONNECT = (() => {
    /** @typedef {{row: number, column: number, rows: number, columns: number}} Block  counted from 0 */
    const CALL = /(?:\bWARMAP[._]|_xldudf_WARMAP_)([A-Z_]+)\(/gi; // the second form is how Excel stores a call of an add-in
    const WORDS = {
        zh: {
            title: "作战地图",
            starting: "正在启动 Python……在此之前单元格显示 #BUSY!",
            ready: "函数已就绪",
            failed: (/** @type {string} */ fault) => `Python 启动失败：${fault}。请检查网络，再关闭并重新打开工作簿。`,
            about: "打开一份作战地图后按“连接”，其中的公式就会重新计算。请先留一份副本。",
            connect: "连接",
            working: "正在连接……",
            none: "这个工作簿里没有 WARMAP 公式。",
            written: (/** @type {number} */ count) => `已重写 ${count} 个公式，工作表保护已恢复。`,
            left: (/** @type {string} */ cells) => `没能重写，请检查：${cells}`,
            locked: (/** @type {string} */ sheets) => `设有密码或无法更改，未改动：${sheets}`,
        },
        en: {
            title: "War Map",
            starting: "Python is starting … until then cells show #BUSY!",
            ready: "The functions are ready",
            failed: (/** @type {string} */ fault) =>
                `Python did not start: ${fault}. Check the network, then close the workbook and open it again.`,
            about: "Open a war map and press Connect: its formulas compute again. Keep a copy of the file first.",
            connect: "Connect",
            working: "Connecting …",
            none: "This workbook has no WARMAP formula.",
            written: (/** @type {number} */ count) => `Wrote ${count} formulas anew; sheets are protected again as they were.`,
            left: (/** @type {string} */ cells) => `Could not be written, please look at: ${cells}`,
            locked: (/** @type {string} */ sheets) => `Has a password or cannot be changed, left as it was: ${sheets}`,
        },
    };

    const isCall = (/** @type {unknown} */ formula) => typeof formula === "string" && formula.startsWith("=") && formula.search(CALL) >= 0;

    /** @returns {string} the letters of a column, counted from 0 */
    const letters = (/** @type {number} */ column) => (column < 26 ? "" : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));

    /** The cells of a sheet that a name covers: of the war map, every array has one. Larger ones first. */
    async function namedBlocks(/** @type {Excel.RequestContext} */ context) {
        const names = context.workbook.names.load("items/name, items/type");
        await context.sync();
        const ranges = names.items
            .filter(({ name, type }) => name.toLowerCase().startsWith("wm_") && type === "Range")
            .map((item) => item.getRangeOrNullObject().load("rowIndex, columnIndex, rowCount, columnCount, worksheet/name"));
        await context.sync();
        return ranges
            .filter((range) => !range.isNullObject)
            .map((range) => ({
                sheet: range.worksheet.name, row: range.rowIndex, column: range.columnIndex, rows: range.rowCount, columns: range.columnCount,
            }))
            .sort((one, other) => other.rows * other.columns - one.rows * one.columns);
    }

    /**
     * What is to be written on a sheet: the named arrays, and every other cell that calls a function.
     * @returns {(Block & {formula: string})[]}
     */
    function calls(/** @type {any[][]} */ formulas, /** @type {number} */ top, /** @type {number} */ left, /** @type {Block[]} */ blocks) {
        /** @type {(Block & {formula: string})[]} */
        const found = [];
        const isDone = (/** @type {number} */ row, /** @type {number} */ column) =>
            found.some((one) => row >= one.row && row < one.row + one.rows && column >= one.column && column < one.column + one.columns);
        const single = formulas.flatMap((line, r) => line.map((_, c) => ({ row: top + r, column: left + c, rows: 1, columns: 1 })));
        for (const block of [...blocks, ...single]) {
            const formula = formulas[block.row - top]?.[block.column - left];
            if (isCall(formula) && !isDone(block.row, block.column))
                found.push({ ...block, formula: formula.replace(CALL, (/** @type {string} */ _, /** @type {string} */ name) => `WARMAP.${name}(`) });
        }
        return found;
    }

    /** Clear an array and write its first cell anew; false where Excel refuses. */
    async function rewrite(/** @type {Excel.Worksheet} */ sheet, /** @type {Block & {formula: string}} */ block) {
        const range = sheet.getRangeByIndexes(block.row, block.column, block.rows, block.columns);
        range.clear("Contents");
        range.getCell(0, 0).formulas = [[block.formula]];
        return range.context.sync().then(() => true, () => false);
    }

    /** Write every call of the workbook anew. What could not be written is named, so that nothing fails in silence. */
    async function connect() {
        return Excel.run(async (context) => {
            const report = { written: 0, left: /** @type {string[]} */ ([]), locked: /** @type {string[]} */ ([]) };
            const blocks = await namedBlocks(context);
            const sheets = context.workbook.worksheets.load("items/name");
            await context.sync();
            for (const sheet of sheets.items) {
                const used = sheet.getUsedRangeOrNullObject().load("formulas, rowIndex, columnIndex");
                const protection = sheet.protection.load("protected, options");
                await context.sync();
                const todo = used.isNullObject
                    ? []
                    : calls(used.formulas, used.rowIndex, used.columnIndex, blocks.filter((block) => block.sheet === sheet.name));
                if (!todo.length) continue;
                const { protected: wasProtected, options } = protection;
                if (wasProtected) protection.unprotect();
                if (!(await context.sync().then(() => true, () => false))) {
                    report.locked.push(sheet.name);
                    continue;
                }
                for (const block of todo) {
                    if (await rewrite(sheet, block)) report.written++;
                    else report.left.push(`${sheet.name}!${letters(block.column)}${block.row + 1}`);
                }
                if (wasProtected) protection.protect(options);
                await context.sync();
            }
            return report;
        });
    }

    /** What *Connect* did, in the reader's language. */
    function told(/** @type {"zh" | "en"} */ lang, /** @type {{written: number, left: string[], locked: string[]}} */ { written, left, locked }) {
        const words = WORDS[lang];
        return [
            written ? words.written(written) : left.length + locked.length ? "" : words.none,
            left.length ? words.left(left.join(", ")) : "",
            locked.length ? words.locked(locked.join(", ")) : "",
        ].filter(Boolean).join("\n");
    }

    return { WORDS, connect, told };
})();

if (typeof document !== "undefined") {
    const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
    Office.onReady(() => {
        const lang = /^zh/i.test(Office.context.displayLanguage ?? "") ? "zh" : "en";
        const words = CONNECT.WORDS[lang];
        document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
        at("title").textContent = words.title;
        at("about").textContent = words.about;
        at("connect").textContent = words.connect;
        at("state").textContent = words.starting;
        const worker = new Worker("../worker.js", { type: "module" });
        worker.onerror = ({ message }) => (at("state").textContent = words.failed(message ?? "worker.js"));
        const today = new Date().toLocaleDateString("sv-SE"); // Sweden writes 2026-06-30
        WARMAP.start(worker, { lang, today }).then(
            ({ words: why, failed, error }) => (at("state").textContent = failed || error ? words.failed(why ?? String(error)) : words.ready),
        );
        at("connect").onclick = async () => {
            at("said").textContent = words.working;
            try {
                at("said").textContent = CONNECT.told(lang, await CONNECT.connect());
                await Office.addin.setStartupBehavior(Office.StartupBehavior.load); // next time the functions come with the document
            } catch (fault) {
                at("said").textContent = String(fault);
            }
        };
    });
}
