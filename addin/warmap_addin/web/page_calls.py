"""What the page asks of Python, by name: plain data in, plain data out, words in the workbook's language.

Every answer is JSON but for the file itself. What a user did wrong, and what nobody expected, comes back as words; the page
goes on with what it had.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from warmap.evaluation import scores
from warmap.parsing import CellError
from warmap.scores import Score, all_scores
from warmap.text import Lang, Text
from warmap.worksheet import FUNCTIONS
from warmap.worksheet.this_week import in_order
from warmap_addin.macros import contact_rows, explaining, exporting, planning, submitting
from warmap_addin.macros.checking import is_barring
from warmap_addin.macros.edits import Edit, SaveFile, Say, Select, Write, every
from warmap_addin.macros.open_book import Opened, Place, stored_as
from warmap_addin.web.page_workbook import CannotOpen, PageWorkbook, changes_of, newest
from warmap_app.command import UserError
from warmap_app.people.aliases import aliases
from warmap_app.people.list_file import sheets_in
from warmap_app.people.listed import likeness, people_of
from warmap_app.people.plan import Source, enter, of_account, plan_of
from warmap_app.people.told import told
from warmap_app.report import mutual_plan, one_page
from warmap_app.report.deal_charts import chart
from warmap_app.report.no_names import without_names
from warmap_app.report.picture import picture
from warmap_udfs import dispatch
from warmap_udfs.excel_calls import ERRORS
from warmap_udfs.why import explain
from warmap_workbook.calculating.readers import At
from warmap_workbook.computed import BLOCK
from warmap_workbook.editing.cell_edits import Cell
from warmap_workbook.editing.entries import Entries
from warmap_workbook.ooxml import ErrorValue, cell_name, parse_ref

MACROS: Mapping[str, Callable[[Opened], list[Edit]]] = {
    "explain_cell": explaining.explain_cell, "plan_it": planning.plan_it, "export_json": exporting.export_json,
    "rows_for_contact": contact_rows.rows_for_contact,
}  # fmt: skip
# What the panel beside the grid shows, by the results it stands in.
PANEL = {
    "scores": "wm_scores", "flags": "wm_red_flags", "actions": "wm_next_actions", "changes": "wm_what_changed",
    "findings": "wm_check",
}  # fmt: skip
HEALTH = "wm_score_health"
NOTHING_OPEN = Text("还没有打开工作簿。", "No workbook is open yet.")
BROKEN = Text(
    "出了意外的错误：{what}。填写的内容没有丢；请把这句话发给支持您的人。",
    "Something unexpected went wrong: {what}. Nothing that was entered is lost; please send this sentence to whoever helps you.",
)
SNAPSHOT = Text(
    "已拍快照：评估日 {day}，历史里共有 {count} 份。",
    "Snapshot taken: judged as of {day}; the history holds {count}.",
)
HELD_ALREADY = Text("和最近一份快照相同，没有再拍。", "The newest snapshot says the same: none was taken.")
NOTHING_NEW = Text("名单里没有新内容。", "The list holds nothing new.")
MOST_TOLD = 12
NO_NAMES = Text("不带姓名", "no names")
CUSTOMER = Text("给客户", "for the customer")


Asked: TypeAlias = Mapping[str, Any]


class Page:
    """One page: what it has open."""

    def __init__(self, system_lang: str, today: str) -> None:
        self.system_lang: Lang = "en" if system_lang == "en" else "zh"
        self.today = date.fromisoformat(today)
        self.workbook: PageWorkbook | None = None

    def answer(self, name: str, arguments: str, content: bytes | memoryview | None = None) -> str:
        """The answer to one request as JSON: {value} or {words}; `content` is the file that comes with it."""
        lang = self.workbook.lang if self.workbook else self.system_lang
        try:
            asked = {**json.loads(arguments), "content": bytes(content or b"")}
            return _json({"value": getattr(self, f"do_{name}")(asked)})
        except UserError as refusal:
            return _json({"words": refusal.words.to(lang)})
        except CannotOpen as refusal:
            return _json({"words": refusal.words.to(lang), "isOlder": refusal.is_older})
        except dispatch.WorksheetError as error:
            return _json({"words": error.words.to(lang), "code": error.code})
        except Exception as fault:  # noqa: BLE001  the last line of defence: a page shows no traceback
            return _json({"words": BROKEN.filled(what=f"{type(fault).__name__}: {fault}"[:300]).to(lang)})

    @property
    def opened(self) -> PageWorkbook:
        """The open workbook. CannotOpen where there is none."""
        if self.workbook is None:
            raise CannotOpen(NOTHING_OPEN)
        return self.workbook

    # -- the file ------------------------------------------------------------------------------------------------------

    def do_open(self, asked: Asked) -> object:
        """{file, entered?: changes of an earlier visit}: what the grid shows, as the file stores it, and those taken."""
        workbook = PageWorkbook(asked["content"], str(asked.get("file") or ""), self.today, self.system_lang)
        workbook.restore(changes_of(asked.get("entered") or ()))
        self.workbook = workbook
        grid = workbook.grid
        return {
            "grid": grid.data, "rules": grid.rules, "lang": workbook.lang, "openCells": grid.open_cells, "links": grid.links,
            "areas": _by_sheet(workbook.calculation.areas()), "heads": heads(workbook.lang),
            "entered": [[*at, _plain(value)] for at, value in workbook.entered.items()],
        }  # fmt: skip

    def do_calculate(self, _: Asked) -> object:
        """Every formula, worked out: the cells that show something else than the file stores."""
        return {**self._shown(self.opened.calculate(), {}), "left": [
            {"cell": f"{name}!{cell_name(row, column)}", "why": why.to(self.opened.lang)}
            for (name, row, column), why in self.opened.calculation.left.items()
        ]}  # fmt: skip

    def do_edit(self, asked: Asked) -> object:
        """{changes}: what follows from them, and the cells that nobody may type into as they were."""
        renewed = self.opened.edit(changes_of(asked["changes"]))
        return self._shown(renewed.results, renewed.put_back)

    def do_save(self, _: Asked) -> object:
        """The file, as base 64."""
        return b64encode(self.opened.save()).decode()

    def do_upgrade(self, asked: Asked) -> object:
        """An older file on the newest template, as base 64."""
        return b64encode(newest(asked["content"])).decode()

    # -- around the grid -----------------------------------------------------------------------------------------------

    def do_check(self, _: Asked) -> object:
        """All findings of the file as it would be saved: [[severity, sheet, cell, code, message, hint, barring], …]."""
        lang = self.opened.lang
        return [
            [
                one.severity.value,
                one.sheet,
                one.cell or "",
                one.code,
                one.message(lang),
                one.hint(lang),
                is_barring(one),
            ]
            for one in sorted(self.opened.findings(), key=in_order)
        ]

    def do_macro(self, asked: Asked) -> object:
        """{macro, sheet, cell}: what the button of that name does in Excel."""
        edits = MACROS[asked["macro"]](self._seen(asked))
        return self._done(edits)

    def do_snapshot(self, _: Asked) -> object:
        """A snapshot of the map as it is, put behind the others of the workbook."""
        opened = self._seen({})
        day = submitting.day_of(opened)
        had = opened.entries.map.snapshots
        taken = submitting.with_snapshot(opened, submitting.judged_at(opened.entries.map, day), day)
        if len(taken) == len(had):
            return {"words": HELD_ALREADY.to(opened.lang)}
        words = SNAPSHOT.filled(day=day.isoformat(), count=len(taken)).to(opened.lang)
        return self._done([*submitting.history_rows(opened, taken), Say(words)])

    def do_handout(self, asked: Asked) -> object:
        """{kind: team, no-names or customer}: a page to pass on, {name, text}."""
        opened, kind = self._seen(asked), asked["kind"]
        judgement, lang = opened.judgement, opened.lang
        name = exporting.file_name(judgement.map.deal, judgement.map.deal.as_of or self.today)
        if kind == "customer":
            return {"name": f"{name}_{CUSTOMER.to(lang)}.html", "text": mutual_plan.build_page(judgement, lang)}
        if kind == "no-names":
            return {
                "name": f"{NO_NAMES.to(lang)}.html",
                "text": one_page.build_page(without_names(judgement, lang), lang, ""),
            }
        return {"name": f"{name}_report.html", "text": one_page.build_page(judgement, lang, self.opened.file)}

    def do_picture(self, asked: Asked) -> object:
        """{kind: org, power, trend or stages}: the picture or the chart as SVG."""
        opened, kind = self._seen(asked), asked["kind"]
        if kind in ("trend", "stages"):
            return chart(opened.judgement, kind, opened.lang)
        return picture(opened.judgement, "power" if kind == "power" else "org", opened.lang)

    def do_evaluate(self, asked: Asked) -> object:
        """Every score by its code, as `warmap evaluate --json` gives them."""
        return scores(self._seen(asked).judgement)

    def do_people(self, asked: Asked) -> object:
        """{file, take} and a list of people: what taking it would do, in words; with `take` it is entered."""
        workbook, path = self.opened, Path(str(asked["file"]))
        opened = self._seen({})
        entries = Entries(workbook.book, opened.entries)
        known = aliases(None)
        judged = submitting.day_of(opened)
        listed = people_of(sheets_in(asked["content"], path, partial(likeness, known)), known, path, judged)
        people, others = of_account(listed, opened.entries.map.deal.account)
        plan = plan_of(opened.entries.map, people, entries.room("contacts"), Source(path.name, judged, workbook.lang))
        parts = list(told(plan, [*listed.left_out, *others, *plan.left_out], workbook.lang))
        words = "\n".join(
            line for title, items, _ in parts for line in (title, *(f"· {item}" for item in items[:MOST_TOLD]))
        )
        if not asked.get("take") or plan.is_empty:
            return {"words": words or NOTHING_NEW.to(workbook.lang), "isEmpty": plan.is_empty}
        enter(entries, plan)
        words = "\n".join([words, *(one.to(workbook.lang) for one in entries.not_written())])
        writes = [[*at, value] for at, value in entries.cells.items()]
        renewed = workbook.edit(changes_of(writes), is_ours=True)
        return {"writes": writes, "words": words, **self._shown(renewed.results, renewed.put_back)}

    # -- the functions, for another host (Office.js) --------------------------------------------------------------------

    def do_call(self, asked: Asked) -> object:
        """{name, arguments}: one worksheet function, blanks as null. WorksheetError for a wrong input."""
        return dispatch.call(asked["name"], [_given(one) for one in asked["arguments"]])

    def do_why(self, asked: Asked) -> object:
        """{formula, cells: rows by reference, lang?}: the words of WARMAP.WHY."""
        lang: Lang = "en" if (asked.get("lang") or self.system_lang) == "en" else "zh"

        def read(words: str) -> object:
            rows = asked["cells"][words]
            return _given(rows[0][0] if len(rows) == 1 == len(rows[0]) else rows)

        return explain(str(asked["formula"]), read, lang)

    # -- shaping -------------------------------------------------------------------------------------------------------

    def _seen(self, asked: Asked) -> Opened:
        row, column = parse_ref(asked["cell"]) if asked.get("cell") else (1, 1)
        return self.opened.opened(Place(asked["sheet"], row, column) if asked.get("sheet") else None)

    def _done(self, edits: Iterable[Edit]) -> dict[str, object]:
        """What a button did: cells written, words, where it leads, a file."""
        done: dict[str, object] = {"writes": [], "words": ""}
        writes: list[list[Any]] = []
        words: list[str] = []
        for one in every(edits):
            if isinstance(one, Write):
                writes += self._written(one)
            elif isinstance(one, Say):
                words.append(one.words)
            elif isinstance(one, Select):
                done["go"] = [one.sheet, one.cell]
            elif isinstance(one, SaveFile):
                done["file"] = {"name": one.name, "text": one.content.decode()}
        done |= {"writes": writes, "words": "\n".join(words)}
        if writes:
            renewed = self.opened.edit(changes_of(writes), is_ours=True)
            done |= self._shown(renewed.results, renewed.put_back)
        return done

    def _written(self, one: Write) -> Iterator[list[Any]]:
        row, column = parse_ref(one.cell)
        for down, values in enumerate(one.rows):
            for across, value in enumerate(values):
                stored = None if value is None else stored_as(value, self.opened.book.dates)
                yield [one.sheet, row + down, column + across, _plain(stored)]

    def _shown(self, results: Mapping[At, Cell], put_back: Mapping[At, Cell]) -> dict[str, object]:
        workbook = self.opened
        panel = {
            name: [[_plain(value) for value in row] for row in workbook.rows_of(area)] for name, area in PANEL.items()
        }
        panel["scores"] = [
            _as_read(row, score, workbook.lang)
            for row, score in zip(panel["scores"], all_scores().values(), strict=False)
        ]
        health = workbook.rows_of(HEALTH)
        return {
            "health": _plain(health[0][0]) if health else None,
            "cells": [[*at, _plain(value)] for at, value in results.items()],
            "back": [[*at, _plain(value)] for at, value in put_back.items()],
            "leads": [[*at, target] for at, target in workbook.calculation.links.items()],
            "panel": panel,
        }  # fmt: skip


def _as_read(row: list[Any], score: Score, lang: Lang) -> list[Any]:
    """A row of the scores as the scoreboard shows it; words and blanks stay as they are."""
    name, value, _, *words = row
    shown = score.shown(value, lang) if isinstance(value, int | float) else value
    return [name, shown, score.scale.to(lang), *words]


def heads(lang: Lang) -> dict[str, object]:
    """The heads of the panel's tables, from the functions' own."""
    return {
        name: [one.to(lang) for one in FUNCTIONS[BLOCK[area].function.name].columns] for name, area in PANEL.items()
    }


def _by_sheet(areas: Iterable[tuple[str, int, int, int, int]]) -> dict[str, list[list[int]]]:
    found: dict[str, list[list[int]]] = {}
    for name, *box in areas:
        found.setdefault(name, []).append(box)
    return found


def _given(value: object) -> object:
    """An argument as a host sends it: rows of cells, a cell, or null; an error value is its text."""
    return tuple(tuple(map(_cell, row)) for row in value) if isinstance(value, list) else _cell(value)


def _cell(value: object) -> object:
    return CellError(value) if isinstance(value, str) and value in ERRORS else value


def _plain(value: object) -> object:
    return value.code if isinstance(value, ErrorValue) else value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
