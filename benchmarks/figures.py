"""The figures: what is measured, against which floor, and the target."""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from big_map import big_map, snapshots
from measure import added_import_time, call_time, fresh, import_time, interleaved, paired, process_time

from warmap.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PLAIN = "import warmap.model, warmap.settings, warmap.judgement, warmap.rules, warmap.worksheet, warmap.parsing"
RULES = "warmap.rules.all_rules()"
BASE_MODEL = "from pydantic import BaseModel"
XLWINGS = "import xlwings"
SHELL = "import warmap_udfs.excel"
HEAVY = ("pandas", "numpy", "openpyxl", "xlwings", "xlsxwriter", "yaml", "rich")
SAMPLE = "telecom_core_network"

PLAIN_NAME = Text(
    "导入 `warmap` 的全部模型、得分、规则表与函数",
    "Importing all of `warmap`: models, scores, registry of rules, functions",
)
AND_RULES = Text(
    "同上，并载入每一条规则（平时用到才载入）", "The same, and every rule loaded (they load when first asked for)"
)
SHELL_NAME = Text(
    "导入 `warmap_udfs.excel`（在 xlwings 之外多用的时间）",
    "Importing `warmap_udfs.excel` (what it adds to xlwings)",
)
JUDGED = Text(
    "评估一份 60 人的地图：全部得分、红旗、下一步", "Judging a map of 60 contacts: all scores, flags, next actions"
)
SAID = Text("同上，并写出每条消息和对策的文字", "The same, with the text of every message and remedy")
HISTORY = Text("同第一项，地图里存有 12 份历史快照", "The first, for a map that holds 12 snapshots of itself")
VALIDATED = Text("pydantic 验证这份地图的各行", "pydantic validating the rows of that map")
CHECK_ONE = Text("`warmap check 一份.xlsx`", "`warmap check one.xlsx`")
BARE = Text("python-calamine 只读全部值", "python-calamine reading all values")

RECALCULATED = Text("LibreOffice 里重算整份填好的工作簿", "A filled workbook recalculated whole in LibreOffice")
NOTHING = Text(
    "同一份工作簿，函数参数与结果大小相同、什么也不算",
    "the same workbook, functions of the same shapes that do nothing",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One ratio: median over the rounds of candidate ÷ floor of the same round; times are medians in seconds."""

    name: Text
    floor: Text
    ratio: float
    seconds: float
    floor_seconds: float
    rounds: int
    target: float | None = None
    strict: bool = False  # the target itself is already too much
    is_least: bool = False  # the target is the least that is wanted, of a rival

    @property
    def well(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.target is None:
            return None
        if self.is_least:
            return self.ratio >= self.target
        return self.ratio < self.target if self.strict else self.ratio <= self.target


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something timed, and the target of its ratio (None: for information)."""

    take: Callable[[], float]
    target: float | None = None
    strict: bool = False
    is_least: bool = False


def compared(
    floor_name: Text, floor: Callable[[], float], others: Mapping[Text, Candidate], rounds: int
) -> Iterator[Figure]:
    """Each candidate against the floor, all of them interleaved."""
    times = interleaved({"": floor, **{name.en: one.take for name, one in others.items()}}, rounds)
    base = times[""]
    for name, one in others.items():
        taken = times[name.en]
        ratio, median, least = paired(taken, base), statistics.median(taken), statistics.median(base)
        yield Figure(name, floor_name, ratio, median, least, rounds, one.target, one.strict, one.is_least)


def plain_import(scale: float) -> Iterator[Figure]:
    """(a) The plain module with all of its models, in fresh interpreters."""
    others = {
        PLAIN_NAME: Candidate(import_time(PLAIN), 3),
        AND_RULES: Candidate(import_time(f"{PLAIN}\n{RULES}")),
    }
    yield from compared(Text(f"`{BASE_MODEL}`", f"`{BASE_MODEL}`"), import_time(BASE_MODEL), others, round(15 * scale))


def heavy_modules() -> list[str]:
    """Modules that the plain import must not bring in, and does."""
    code = f"{PLAIN}\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    return fresh(code).split()


def shell_import(scale: float) -> Iterator[Figure]:
    """(b) What the xlwings shell adds to `import xlwings`, in fresh interpreters."""
    others = {SHELL_NAME: Candidate(added_import_time(XLWINGS, SHELL), 0.3)}
    yield from compared(Text(f"`{XLWINGS}`", f"`{XLWINGS}`"), import_time(XLWINGS), others, round(15 * scale))


def ask_all(judgement: Any) -> None:
    """Every score, the flags and the next actions."""
    kind = type(judgement)
    for name in dir(kind):
        if not name.startswith("_") and not callable(getattr(kind, name)):
            getattr(judgement, name)


def say(judgement: Any) -> int:
    """The words of every flag and of the next actions, in one language."""

    flags = [*judgement.flags, *judgement.next_actions]
    return sum(len(flag.message("en")) + len(flag.remedy("en")) for flag in flags)


def evaluation(scale: float) -> Iterator[Figure]:
    """(c) Judging a full map, against pydantic's validation of its rows; each time a map judged for the first time."""
    from warmap.judgement import Judgement, judge
    from warmap.model import WarMap

    data = big_map()
    war_map = WarMap.model_validate(data)
    with_history = WarMap.model_validate({**data, "snapshots": snapshots(12)})

    def judged(one: WarMap = war_map) -> Judgement:
        judgement = judge(one)
        ask_all(judgement)
        return judgement

    others = {
        JUDGED: Candidate(call_time(judged), 5, strict=True),
        SAID: Candidate(call_time(lambda: say(judged())), 5, strict=True),
        HISTORY: Candidate(call_time(lambda: judged(with_history))),
    }
    validated = WarMap
    floor = call_time(lambda: validated.model_validate(data))
    yield from compared(VALIDATED, floor, others, round(60 * scale))


def version(scale: float) -> Iterator[Figure]:
    """(d) The installed command's start, whole processes."""
    beside = Path(sys.executable).with_name("warmap")
    command = str(beside) if beside.exists() else shutil.which("warmap")
    if command is None:
        message = "the command `warmap` is not installed beside this Python"
        raise SystemExit(message)
    floor = process_time([sys.executable, "-c", "pass"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.xlsx"
        path.write_bytes(_sample())
        others = {
            Text("`warmap --version`", "`warmap --version`"): Candidate(process_time([command, "--version"]), 3),
            CHECK_ONE: Candidate(process_time([command, "check", str(path)]), 15),
        }
        yield from compared(Text("`python -c pass`", "`python -c pass`"), floor, others, round(25 * scale))


def checking(scale: float) -> Iterator[Figure]:
    """(e) The whole check of a submitted workbook, and what else one would write."""
    from check_speed import checking as measured

    yield from measured(scale)


def _sample() -> bytes:
    from warmap.reading import read_document
    from warmap_workbook.samples import load_sample
    from warmap_workbook.writing.build import build_workbook

    return build_workbook(read_document(load_sample(SAMPLE, "zh")).map, "zh")


def recalculation(scale: float) -> Iterator[Figure]:
    """(f) The filled template recalculated whole in LibreOffice."""
    from recalculation import recalculations

    content = _sample()
    for ours, nothing in recalculations(content):
        yield from compared(NOTHING, nothing, {RECALCULATED: Candidate(ours, 1.5)}, round(15 * scale))


def fan_out(scale: float) -> Iterator[Figure]:
    """(g) A batch with one reader and with two."""
    from readers import readers

    yield from readers(scale)


def across(scale: float) -> Iterator[Figure]:
    """(h) The checks across files, on four times as many."""
    from across_files import growing

    yield from growing(scale)


GROUPS: dict[str, Callable[[float], Iterator[Figure]]] = {
    "import": plain_import,
    "shell": shell_import,
    "evaluation": evaluation,
    "version": version,
    "checking": checking,
    "recalculation": recalculation,
    "fan-out": fan_out,
    "across": across,
}
