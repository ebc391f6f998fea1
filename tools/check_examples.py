"""An example of every check: what was done to a sample, in which cell, and the finding that the program then gives.

The docs print them and the tests hold them, so that no check is without one and none is out of date.
"""

import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

from tools.patched_books import SAMPLE, Patched, beside_cell, block_cell, built, input_cell
from warmap import TEMPLATE_VERSION
from warmap.findings import Finding
from warmap.layout import TAB, placements
from warmap.model import TABLE
from warmap.parsing.cross import guarded
from warmap.scores import all_scores
from warmap.settings import default_settings, flat
from warmap.text import LANGUAGES, Lang, Text
from warmap_app.batch.across import Across, prints_of
from warmap_app.load import MOST_FINDINGS, load_bytes
from warmap_workbook.ooxml import cell_name
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.reference_sheets import SETTINGS_TOP

TYPED = Text("在{cell}（{field}）填“{value}”。", "“{value}” typed into {cell} ({field}).")
EMPTIED = Text("把{cell}（{field}）清空。", "{cell} ({field}) emptied.")


@dataclass(frozen=True, slots=True)
class Example:
    """What was done, in words, and how: a change of the sample, or what is found where no change of one file shows it.

    `tab` and `cell` are where it was done. `alone`: nothing else may be changed in the same file, or the finding differs.
    """

    done: Text
    change: Callable[[Patched], object] | None = None
    tab: str = ""
    cell: str = ""
    alone: bool = False
    find: Callable[[Lang], Iterable[Finding]] | None = None
    facts: Mapping[str, object] = field(default_factory=dict)

    def said(self, lang: Lang) -> str:
        """What was done; the cell is named as a finding names it."""
        where = f"{TAB[self.tab].name.to(lang)}!{self.cell}" if self.tab else ""
        return self.done.say(lang, {"cell": where, **self.facts})

    def found(self, lang: Lang) -> list[Finding]:
        """All that the program finds after this and nothing else."""
        if self.find is not None:
            return list(self.find(lang))
        book = Patched(lang)
        if self.change is not None:
            self.change(book)
        return book.read().findings


@cache
def finding_of(code: str, lang: Lang) -> Finding:
    """The finding of a check's example.

    What does not stand alone is done in one workbook, which is read once; the tests hold that it makes no difference.
    """
    example = EXAMPLES[code]
    is_alone = example.alone or example.change is None
    findings = [one for one in (example.found(lang) if is_alone else _together(lang)) if one.code == code]
    return next((one for one in findings if one.cell == example.cell), findings[0])


@cache
def _together(lang: Lang) -> list[Finding]:
    book = Patched(lang)
    for example in EXAMPLES.values():
        if example.change is not None and not example.alone:
            example.change(book)
    return book.read().findings


def _typed(table: str, code: str, value: Text | str | float | None, row: int = 0) -> Example:
    """Something typed into one cell of an entry; None empties it."""
    place = _entry(table, code, row)

    def change(book: Patched) -> None:
        book.enter(place["tab"], place["cell"], value.to(book.lang) if isinstance(value, Text) else value)

    facts = {**place["facts"], "value": value}
    return Example(EMPTIED if value is None else TYPED, change, **{**place, "facts": facts})


def _entry(table: str, code: str, row: int = 0) -> dict[str, Any]:
    """Where an entry stands, and its header."""
    facts = {"field": TABLE[table].by_code[code].label}
    return {"tab": placements()[table].tab.code, "cell": input_cell(table, code, row), "facts": facts}


def _result(score: str) -> dict[str, Any]:
    """Where a score stands, and its name."""
    facts = {"field": all_scores()[score].name}
    return {"tab": "scoreboard", "cell": block_cell(f"wm_score_{score}"), "facts": facts}


def _row_after(table: str) -> int:
    """The first row of a table that the sample leaves free."""
    return len(load_sample(SAMPLE, "zh")[table])


def _of_first(table: str, code: str) -> Text:
    """What the first row of a table has in a column."""
    return Text(*(load_sample(SAMPLE, lang)[table][0][code] for lang in LANGUAGES))


# -- what no single entry shows -----------------------------------------------------------------------------------------


def _price_list(lang: Lang) -> Sequence[Finding]:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_row(0, 0, ("产品", "单价") if lang == "zh" else ("Product", "Price"))
    return read_workbook(out.getvalue()).findings


@cache
def _locked() -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(built("zh"))).encrypt("password", out)
    return out.getvalue()


def _judged_by_one_set(lang: Lang) -> Sequence[Finding]:
    book = Patched(lang).enter("settings", PROBABILITY, 0.95)
    return read_workbook(book.content(), settings=default_settings()).findings


def all_the_same(book: Patched) -> Patched:
    """Every rating of trust that the sample has, made 3."""
    for row, line in enumerate(load_sample(SAMPLE, book.lang)["trust"]):
        for pillar in line["ratings"]:
            book.enter("trust", input_cell("trust", f"ratings.{pillar}.rating", row), 3)
    return book


@cache
def _prints_of_sample(lang: Lang, name: str) -> dict[str, Any]:
    return prints_of(load_bytes(name, built(lang)))


def _beside(**deal: Text) -> Callable[[Lang], Sequence[Finding]]:
    """What is found in a copy of the sample that was handed in beside it, with these fields of its deal changed."""

    def found(lang: Lang) -> Sequence[Finding]:
        copy = Patched(lang)
        for code, words in deal.items():
            copy.enter("deal", input_cell("deal", code), words.to(lang))
        first, second = (words.to(lang) for words in FILES)
        loaded = load_bytes(second, copy.content())
        across, prints, own = Across((first, second).__getitem__), prints_of(loaded), loaded.map.deal
        across.add(0, _prints_of_sample(lang, first))
        across.add(1, prints)
        across.settle()
        return list(across.findings(1, prints, {"account": own.account, "opportunity": own.opportunity}))

    return found


def _failing(lang: Lang) -> Sequence[Finding]:
    del lang

    def check() -> Sequence[Finding]:
        raise ZeroDivisionError("division by zero")

    return guarded("DV402", check)


def _too_many(lang: Lang) -> Sequence[Finding]:
    del lang
    needs = [{"spin_type": "problem", "impact": 99}] * (MOST_FINDINGS + 25)
    return load_bytes("map.json", json.dumps({"needs": needs}).encode()).findings


def _second_wins(book: Patched) -> Patched:
    row, first = _row_after("wins"), load_sample(SAMPLE, book.lang)["wins"][0]
    for code in ("contact", "role"):
        book.enter("wins", input_cell("wins", code, row), first[code])
    return book


FILES = Text("陈思远.xlsx", "chen.xlsx"), Text("林若谷.xlsx", "lin.xlsx")
PHASE_2 = Text("云化二期", "Cloud, phase 2")
SPELT = Text("云汀通信（有限公司）", "Yunting-Telecom Co. Ltd")
DASHBOARD, DRAFTS, BIRTHDAY = Text("看板", "Dashboard"), Text("草稿", "Drafts"), Text("生日", "Birthday")
ONE_MORE = Text("苏文", "Su Wen")
TRUST_ROW, PEOPLE = placements()["trust"], placements()["contacts"]
OWN_COLUMN = cell_name(TRUST_ROW.header_row, TRUST_ROW.left + len(TABLE["trust"].fields))
BEYOND = cell_name(PEOPLE.last_row + 3, PEOPLE.left)
NEWEST = input_cell("trust", "ratings.professional.rating", _row_after("trust") - 1)
HEALTH, STATUS = block_cell("wm_score_health"), beside_cell("contacts")
_CODES = [code for code, _ in flat(default_settings())]
PROBABILITY = f"B{SETTINGS_TOP + 1 + _CODES.index('stage_probability.market_research')}"
LAST_SETTING = SETTINGS_TOP + len(_CODES)

EXAMPLES: Mapping[str, Example] = {
    "DV001": Example(Text("交来的是一份价目表。", "A price list was handed in."), find=_price_list),
    "DV002": Example(Text("保存时设了打开密码。", "Saved with a password to open."), find=lambda _: read_workbook(_locked()).findings),
    "DV003": Example(
        Text("旧版程序做的工作簿：{cell} 写着模板版本 1。", "A workbook of an older program: {cell} says template version 1."),
        lambda b: b.text("marks", "B2", "1"), "marks", "B2", alone=True,
    ),
    "DV004": Example(
        Text("新版程序做的工作簿：{cell} 写着下一个模板版本。", "A workbook of a newer program: {cell} names the next template version."),
        lambda b: b.text("marks", "B2", str(int(TEMPLATE_VERSION) + 1)), "marks", "B2", alone=True,
    ),
    "DV101": Example(
        Text("把工作表“{old}”改名为“{new}”。", "The sheet “{old}” renamed “{new}”."),
        lambda b: b.rename(b.sheet("home"), DASHBOARD.to(b.lang)),
        facts={"old": TAB["home"].name, "new": DASHBOARD},
    ),
    "DV102": Example(
        Text("把表头{cell}（{field}）清空。", "The header {cell} ({field}) emptied."),
        lambda b: b.enter("people", input_cell("contacts", "style", -1), None), **_entry("contacts", "style", -1),
    ),
    "DV103": Example(
        Text("在{cell} 给信任表加了一列“{new}”。", "A column “{new}” added to the Trust sheet, in {cell}."),
        lambda b: b.enter("trust", OWN_COLUMN, BIRTHDAY.to(b.lang)), "trust", OWN_COLUMN, facts={"new": BIRTHDAY},
    ),
    "DV104": Example(
        Text("在表格下方的{cell} 又写了一个人。", "One more person written in {cell}, below the end of the table."),
        lambda b: b.enter("people", BEYOND, ONE_MORE.to(b.lang)), "people", BEYOND,
    ),
    "DV105": _typed("competition", "criterion", Text("合计", "Total"), _row_after("competition")),
    "DV201": _typed("deal", "opportunity", None),
    "DV202": _typed("contacts", "influence", Text("非常高", "very high")),
    "DV203": _typed("deal", "close_date", Text("月底前", "by month end")),
    "DV204": _typed("trust", "ratings.professional.rating", 6),
    "DV205": _typed("contacts", "last_contact", "2026-07-01"),
    "DV206": _typed("contacts", "reports_to", Text("李健华", "Li Jianhu"), 3),
    "DV207": _typed("contacts", "name", _of_first("contacts", "name"), _row_after("contacts")),
    "DV208": Example(
        Text("给 {name} 的同一个角色写了第二行赢标准，在{cell}。", "A second wins row for {name} in one role, in {cell}."),
        _second_wins, "wins", input_cell("wins", "contact", _row_after("wins")), facts={"name": _of_first("wins", "contact")},
    ),
    "DV209": _typed("contacts", "reports_to", _of_first("contacts", "name"), 6),
    "DV210": _typed("deal", "amount", 3860),
    "DV211": Example(
        Text("在{cell}（{field}）填公式 =TODAY()。", "The formula =TODAY() in {cell} ({field})."),
        lambda b: b.cell("deal", input_cell("deal", "as_of"), "<f>TODAY()</f><v>46203</v>"), **_entry("deal", "as_of"),
    ),
    "DV212": Example(
        Text("别的程序在{cell}（{field}）写了公式 =1+1，没有计算。", "Another program wrote the formula =1+1 into {cell} ({field}) and never calculated it."),
        lambda b: b.cell("deal", input_cell("deal", "amount"), "<f>1+1</f>"), **_entry("deal", "amount"), alone=True,
    ),
    "DV301": Example(
        Text("在{cell}（{field}）的公式上填 99。", "99 typed over the formula of {cell} ({field})."),
        lambda b: b.number("scoreboard", HEALTH, 99), **_result("health"),
    ),
    "DV302": Example(
        Text("在{cell} 的公式外面套了 MIN(1, … × 2)。", "MIN(1, … × 2) put around the formula of {cell}."),
        lambda b: b.formula("people", STATUS, lambda formula: f"MIN(1,{formula}*2)"), "people", STATUS,
    ),
    "DV303": Example(
        Text("用别的工具把{cell}（{field}）存的结果改成 88.8，公式没动。", "The stored result of {cell} ({field}) set to 88.8 by a tool, the formula left alone."),
        lambda b: b.stored("scoreboard", HEALTH, "88.8"), **_result("health"), alone=True,
    ),
    "DV304": Example(
        Text("{cell}（{field}）存成了错误值 #VALUE!。", "{cell} ({field}) was saved with the error #VALUE!."),
        lambda b: b.stored("scoreboard", block_cell("wm_score_win"), "#VALUE!", "e"), **_result("win"),
    ),
    "DV305": Example(
        Text("在没有 WARMAP 函数的程序里改了一个信任评分，保存后{cell}（{field}）还是旧的结果。", "A rating of trust changed and saved in a program without the WARMAP functions: {cell} ({field}) keeps the old result."),
        lambda b: b.number("trust", NEWEST, 0), **_result("trust"), alone=True,
    ),
    "DV306": Example(
        Text("在{cell} 把一个阶段的成交概率改成 0.95。", "The probability of a stage set to 0.95 in {cell}."),
        find=_judged_by_one_set, tab="settings", cell=PROBABILITY,
    ),
    "DV307": Example(
        Text("把各张表复制到另一个工作簿，名称没有带过去。", "The sheets copied to another workbook, without the names."),
        Patched.without_names, alone=True,
    ),
    "DV308": Example(
        Text("设置表里有一行以前版本的 penalty_limit，在{cell} 改成了 60。", "A line penalty_limit of an earlier version on the Settings sheet, set to 60 in {cell}."),
        lambda b: b.text("settings", f"A{LAST_SETTING}", "penalty_limit").number("settings", f"B{LAST_SETTING}", 60),
        "settings", f"B{LAST_SETTING}",
    ),
    "DV401": _typed("deal", "owner", Text("待定", "TBD")),
    "DV402": Example(
        Text("信任表的评分从{cell} 起全填 3。", "Every rating on the Trust sheet, from {cell} on, made 3."),
        all_the_same, "trust", input_cell("trust", "ratings.professional.rating"), alone=True,
    ),
    "DV403": Example(
        Text("拿同事的地图当底稿，只改了客户和商机；两份一起交来。", "A colleague's map taken as a start, only account and opportunity changed; both were handed in."),
        find=_beside(account=Text("北辰电信有限公司", "Northstar Telecom Ltd."), opportunity=PHASE_2),
    ),
    "DV404": Example(Text("同一份地图用两个文件名交来。", "One map handed in under two file names."), find=_beside()),
    "DV405": Example(
        Text("另一个商机的地图把同一家客户写成“{value}”。", "The map of another deal writes the same account “{value}”."),
        find=_beside(account=SPELT, opportunity=PHASE_2), facts={"value": SPELT},
    ),
    "DV501": Example(Text("存成了带宏的工作簿。", "Saved as a workbook with macros."), Patched.macros),
    "DV502": Example(
        Text("引用了自己电脑上的价格表。", "It refers to a price list on the rep's own computer."),
        lambda b: b.link("file:///C:/prices.xlsx"),
    ),
    "DV503": Example(
        Text("加了一张自己的工作表“{new}”，又把它隐藏。", "A sheet “{new}” of the rep's own added and hidden."),
        lambda b: b.hidden_sheet(DRAFTS.to(b.lang)), facts={"new": DRAFTS},
    ),
    "DV504": Example(
        Text("给{cell}（{field}）加了删除线。", "{cell} ({field}) struck through."),
        lambda b: b.struck("deal", input_cell("deal", "team")), **_entry("deal", "team"),
    ),
    "CP001": _typed("wins", "personal_win", Text("拿回扣", "a kickback")),
    "DV901": Example(
        Text("不是填写造成的；这里故意让一项检查出错。", "No entry does this; here a check was made to fail on purpose."), find=_failing
    ),
    "DV902": Example(
        Text("一份 JSON 里有 {count} 处数值超出范围。", "A JSON file with {count} figures out of range."), find=_too_many,
        facts={"count": MOST_FINDINGS + 25},
    ),
}  # fmt: skip
