"""Everything `warmap check` can write: one declared list of formats, each written by a module of its own.

A format's module has `write(results, order, totals) -> list[Text]`. It takes the results one by one as they come, so
that memory does not grow with the number of files, and returns what the reader must know of what was left out.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, TypeAlias

from warmap.terms import Severity
from warmap.text import Lang, Text
from warmap_app.command import UserError
from warmap_app.load import NOT_LISTED
from warmap_app.outputs.beside import NOTHING_BESIDE, Beside, Tally
from warmap_app.outputs.columns import money
from warmap_app.outputs.destination import cannot_write, refuse_existing, refuse_filled
from warmap_app.outputs.wording import DEFAULT_SETTINGS, judged_by_said
from warmap_app.result import COUNTED, COUNTED_INSTEAD, Result
from warmap_workbook.ooxml import DEFAULT_LIMITS
from warmap_workbook.saving import WHILE_WRITING, FileIds

What: TypeAlias = Literal["files", "findings"]
Kind: TypeAlias = Literal["text", "file", "folder"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `kind`: text goes to the screen or to a file, file only to a file, folder into a folder of files.

    `refuses_itself`: its module has a `ready(order)` that says beforehand what cannot be written.
    """

    name: str
    help: Text
    module: str
    kind: Kind = "text"
    refuses_itself: bool = False


FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format("table", Text("屏幕上的表格", "a table for the terminal"), "terminal_table"),
        Format("json", Text("一份 JSON 文档，含合计", "one JSON document with totals"), "json_lines"),
        Format("jsonl", Text("每个文件一行 JSON", "one line of JSON a file"), "json_lines"),
        Format("csv", Text("每个问题一行，另有每个文件一行的 .files.csv", "a row a finding, and .files.csv with a row a file"), "csv_tables", refuses_itself=True),
        Format("parquet", Text("文件夹：files/ 和 findings/ 两张表", "a folder with two tables, files/ and findings/"), "parquet_tables", "folder", refuses_itself=True),
        Format("xlsx", Text("工作簿：合计、文件、问题、每位销售一张表", "a workbook: totals, files, findings, a sheet a rep"), "xlsx", "file"),
        Format("html", Text("一个自带筛选和排序的网页", "one web page that filters and sorts by itself"), "html", "file"),
        Format("mail", Text("文件夹：每位销售一封可直接发送的信", "a folder with a letter ready to send for each rep"), "mail", "folder"),
        Format("notes", Text("文件夹：未通过的工作簿副本，问题写成单元格批注", "a folder with copies of the failed workbooks, the findings as cell notes"), "annotated_copies", "folder"),
    )
}  # fmt: skip

FILE_NAMES: Mapping[str, str] = {
    "table": "check.txt", "json": "check.json", "jsonl": "check.jsonl", "csv": "check.csv", "xlsx": "check.xlsx",
    "html": "check.html", "parquet": "parquet", "mail": "mail", "notes": "notes",
}  # fmt: skip
"""What each format is called in a folder of several."""
WRITTEN = Text(
    "{passed} 个通过，{failed} 个未通过；已写入 {path}", "{passed} passed, {failed} did not pass; written: {path}"
)
NO_SUCH = Text("没有“{name}”这种输出格式；可用：{known}", "there is no output format “{name}”; there are {known}")
NEEDS_OUT = Text("--format {name} 需要 -o OUT：写到哪里", "--format {name} needs -o OUT: where to write")
SUMMARY = Text("{passed} 个通过，{failed} 个未通过", "{passed} passed, {failed} did not pass")
CHECKED = Text(
    "检查了 {sheets} 张表、{cells} 个单元格、{formulas} 个公式；运行 {rules} 条规则。",
    "Checked {sheets} sheets, {cells} cells, {formulas} formulas; ran {rules} rules.",
)
SKIPPED = Text(
    "没有检查：{sheets_skipped} 张表、{cells_skipped} 个单元格、{formulas_skipped} 个公式、{checks_skipped} 项检查、"
    "{rules_skipped} 条规则。",
    "Not checked: {sheets_skipped} sheets, {cells_skipped} cells, {formulas_skipped} formulas, {checks_skipped} checks, "
    "{rules_skipped} rules.",
)
AMOUNTS = Text(
    "{currency}：{deals} 个商机共 {amount}（同一商机只计一次）{not_passed}。",
    "{currency}: {amount} (deals, each counted once: {deals}){not_passed}.",
)
AMOUNTS_NOT_PASSED = Text(
    "，其中 {deals} 个共 {amount} 来自未通过的文件",
    ", of which {amount} comes from files that did not pass (deals: {deals})",
)


def read_local(file: str) -> bytes:
    """The bytes of a checked file on this computer, up to one more than a workbook may have. OSError."""
    with Path(file).open("rb") as opened:
        return opened.read(DEFAULT_LIMITS.file_bytes + 1)


@dataclass(frozen=True, slots=True)
class Order:
    """What to write, and where.

    `guard` keeps a spreadsheet from taking text in a CSV for a formula; `what` asks for one of the two tables only;
    `part` numbers the Parquet files of this process; `judged_by` is what to call the settings of the batch; `read` gives
    the bytes of a file by the name in its result; `inputs` are the files of the run, which no output may replace;
    `beside` is what lies beside the files and is told too.
    """

    format: Format
    out: Path | None
    lang: Lang
    force: bool = False
    guard: bool = True
    what: What | None = None
    part: int = 0
    judged_by: Text = DEFAULT_SETTINGS
    read: Callable[[str], bytes] = read_local
    inputs: FileIds = ()
    beside: Beside = NOTHING_BESIDE

    @property
    def place(self) -> Path:
        """The -o of a format that needs one; `ready` has refused an order without it."""
        assert self.out is not None
        return self.out


@dataclass(slots=True)
class Amounts:
    """The amounts of the deals of one currency, each deal once, and of those whose file did not pass."""

    deals: int = 0
    amount: Decimal = Decimal(0)
    deals_not_passed: int = 0
    amount_not_passed: Decimal = Decimal(0)

    def add(self, amount: Decimal, *, passed: bool) -> None:
        """One deal."""
        self.deals += 1
        self.amount += amount
        if not passed:
            self.deals_not_passed += 1
            self.amount_not_passed += amount

    def plain(self) -> dict[str, Any]:
        """As JSON; amounts are numbers there."""
        return {
            "deals": self.deals,
            "amount": float(self.amount),
            "deals_not_passed": self.deals_not_passed,
            "amount_not_passed": float(self.amount_not_passed),
        }

    def said(self, currency: str, lang: Lang) -> str:
        """In words, with how much of it comes from files that did not pass, if any does."""
        facts = {"deals": self.deals_not_passed, "amount": f"{self.amount_not_passed:,f}"}
        not_passed = AMOUNTS_NOT_PASSED.say(lang, facts) if self.deals_not_passed else ""
        amount = f"{self.amount:,f}"
        return AMOUNTS.say(
            lang, {"currency": currency, "deals": self.deals, "amount": amount, "not_passed": not_passed}
        )


class Totals:
    """Counts over the results seen so far."""

    def __init__(self, judged_by: Text = DEFAULT_SETTINGS, beside: Beside = NOTHING_BESIDE) -> None:
        self.judged_by = judged_by
        self.beside = Tally(beside)
        self.amounts: dict[str, Amounts] = {}
        self.passed = self.failed = self.own_settings = 0
        self.counts: Counter[str] = Counter()
        self.severities: Counter[str] = Counter()
        self.codes: Counter[str] = Counter()

    @property
    def files(self) -> int:
        """The number of files."""
        return self.passed + self.failed

    @property
    def findings(self) -> int:
        """The number of findings."""
        return self.severities.total()

    def counted(self, results: Iterable[Result]) -> Iterator[Result]:
        """Yield the same results, counting each."""
        for result in results:
            self.passed += bool(result["passed"])
            self.failed += not result["passed"]
            self.counts.update(result["counts"])
            listed = [finding for finding in result["findings"] if finding["code"] != NOT_LISTED]
            self.severities.update(finding["severity"] for finding in listed)
            self.codes.update(finding["code"] for finding in listed)
            more = result.get("not_listed", {})
            self.severities.update(more.get("severities", {}))
            self.codes.update(more.get("codes", {}))
            self.own_settings += any(finding["code"] == "DV306" for finding in result["findings"])
            self._add_amount(result)
            self.beside.add(result)
            yield result

    def _add_amount(self, result: Result) -> None:
        """The amount of a deal, once: of the file that counts for it."""
        deal, currency = result["deal"], result["deal"].get("currency")
        amount = money(deal.get("amount"))
        if amount is not None and currency and COUNTED_INSTEAD not in result:
            self.amounts.setdefault(currency, Amounts()).add(amount, passed=bool(result["passed"]))

    def plain(self, lang: Lang) -> dict[str, Any]:
        """The totals as JSON."""
        return {
            "passed": self.passed,
            "failed": self.failed,
            "counts": {name: self.counts[name] for name in COUNTED},
            "findings_by_severity": {severity.value: self.severities[severity] for severity in Severity},
            "findings_by_code": dict(sorted(self.codes.items())),
            "judged_by": self.judged_by.en,
            "files_with_own_settings": self.own_settings,
            "amounts": {currency: amounts.plain() for currency, amounts in sorted(self.amounts.items())},
            **self.beside.plain(lang),
        }

    def said(self, lang: Lang) -> list[str]:
        """What was checked, and what was not, if anything; by which settings, where these are not the usual ones."""
        counts = {name: self.counts[name] for name in COUNTED}
        is_all = not any(count for name, count in counts.items() if name.endswith("_skipped"))
        lines = [text.say(lang, counts) for text in ((CHECKED,) if is_all else (CHECKED, SKIPPED))]
        amounts = [one.said(currency, lang) for currency, one in sorted(self.amounts.items())]
        judged_by = judged_by_said(self.judged_by, self.own_settings, lang)
        return [*self.beside.said(lang), *amounts, *judged_by, *lines]


@dataclass(frozen=True, slots=True)
class Written:
    """The totals, and what the reader must know of what was left out."""

    totals: Totals
    remarks: list[Text]


def ready(order: Order) -> None:
    """Refuse what cannot be written at once, before any file is checked. UserError."""
    if order.format.kind != "text" and order.out is None:
        raise UserError(NEEDS_OUT.filled(name=order.format.name))
    if order.format.refuses_itself:
        _module(order.format).ready(order)
    elif order.out is not None:
        if order.format.kind == "folder":
            refuse_filled(order.out, force=order.force)
        else:
            refuse_existing(order.out, force=order.force, inputs=order.inputs)


def order_for(name: str, **choices: Any) -> Order:
    """The order for a format by its name, checked by `ready`; `choices` are the other fields of Order. UserError."""
    if name not in FORMATS:
        raise UserError(NO_SUCH.filled(name=name, known=", ".join(FORMATS)))
    order = Order(FORMATS[name], **choices)
    ready(order)
    return order


def write(order: Order, results: Iterable[Result]) -> Written:
    """Write and count the results as they come; a file is written whole or not at all. UserError."""
    totals = Totals(order.judged_by, order.beside)
    try:
        remarks: list[Text] = _module(order.format).write(totals.counted(results), order, totals)
    except OSError as error:  # of a temporary file: rows wait there for their turn
        if order.out is None or error.errno not in WHILE_WRITING:
            raise
        raise cannot_write(order.out, error) from None
    return Written(totals, remarks)


def prepare(*orders: Order) -> None:
    """Import the modules that will write, while the results are being made."""
    for order in orders:
        _module(order.format)


def _module(wanted: Format) -> Any:
    return import_module(f"warmap_app.outputs.{wanted.module}")
