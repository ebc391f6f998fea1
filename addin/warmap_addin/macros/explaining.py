"""Explain this cell: why a score or flag is as it is and what would raise it; what an entry asks and what depends on it."""

import re
from collections.abc import Callable, Iterator, Mapping

from warmap.flags import Flag
from warmap.model import TABLE, Field
from warmap.rules import all_rules
from warmap.scores import all_scores
from warmap.scores.trust import trust_of
from warmap.terms import key
from warmap.text import Text
from warmap.worksheet import FUNCTIONS
from warmap.worksheet.guidance import answered_by
from warmap.worksheet.progress import NOT_DONE
from warmap.worksheet.score_functions import scores
from warmap.worksheet.this_week import Week
from warmap_addin.macros.edits import Edit, Say
from warmap_addin.macros.open_book import Opened, Place, fill, lines
from warmap_udfs.why import calls_in, explain

SCORE_NAME = re.compile(r"\bwm_score_([a-z_]+)")
NO_CELL = Text("请先选中一个单元格。", "Select a cell first.")
NOTHING = Text(
    "这一格不是得分、红旗，也不是填写的内容，没有可解释的。",
    "This cell is neither a score, a flag nor an entry: there is nothing to explain.",
)
SCORE = Text("{name}：{value}", "{name}: {value}")
NOT_ASSESSED = Text("未评估", "not assessed")
RAISE = Text("怎样提高：", "What would raise it:")
FLAG = Text("{code} {title}（{severity}）", "{code} {title} ({severity})")
WHY = Text("为什么：{why}", "Why: {why}")
REMEDY = Text("怎么办：{remedy}", "What to do: {remedy}")
POINTS = Text("它让健康度少了 {points} 分。", "It costs {points} points of health.")
ANSWERED = Text("已有应对：{answer}", "Answered by: {answer}")
ENTRY = Text("{field}：{help}", "{field}: {help}")
REQUIRED = Text("这是必填项。", "It must be filled in.")
WRONG = Text("{code}：{message} {hint}", "{code}: {message} {hint}")
FLAGS_OF = Text("关于{who}的红旗：", "Red flags about {who}:")
NO_FLAGS_OF = Text("没有关于{who}的红旗。", "There is no red flag about {who}.")
MOST = 5
OF = Text("{what}：{missing}", "{what}: {missing}")
GAIN = Text("{what}（{points} 分）", "{what} ({points} points)")
RATE = Text("给{who}的信任打分", "Rate the trust of {who}")
WEAKEST = Text("{pillar}：最弱的是{who}", "{pillar}: {who} is weakest")
NEED_FIRST = 5  # the shares stand in the first rows, the needs below


def explain_cell(opened: Opened) -> list[Edit]:
    """Words about the active cell."""
    at = opened.book.active
    if at is None:
        return [Say(NO_CELL.to(opened.lang))]
    words = _flag_row(opened, at) or _score(opened, at) or _called(opened, at) or _entry(opened, at)
    return [Say(words or NOTHING.to(opened.lang))]


def flag_at(opened: Opened, at: Place) -> Flag | None:
    """The flag of a row of the red-flag sheet."""
    found = opened.area("wm_red_flags")
    if found is None or found[0].name != at.sheet or not found[1].r1 <= at.row <= found[1].r2:
        return None
    sheet, box = found
    code, message = sheet.value(at.row, box.c1 + 1), sheet.value(at.row, box.c1 + 3)
    same = [flag for flag in opened.judgement.flags if flag.code == code]
    return next((flag for flag in same if flag.message(opened.lang) == message), same[0] if same else None)


def _flag_row(opened: Opened, at: Place) -> str:
    flag = flag_at(opened, at)
    return "" if flag is None else flag_in_words(opened, flag)


def flag_in_words(opened: Opened, flag: Flag) -> str:
    """What it is, why it is bad, what it costs, what to do, and what answers it already."""
    lang = opened.lang
    points = sum(loss.points for loss in opened.judgement.health.losses if loss.what is flag)
    answer = answered_by(flag, lang)
    return lines([
        fill(FLAG, lang, code=flag.code, title=flag.title, severity=flag.severity.label),
        flag.message(lang),
        fill(WHY, lang, why=all_rules()[flag.code].why),
        fill(POINTS, lang, points=f"{points:.2g}") if points > 0 else "",
        fill(ANSWERED, lang, answer=answer) if answer else fill(REMEDY, lang, remedy=flag.remedy(lang)),
    ])  # fmt: skip


def _score(opened: Opened, at: Place) -> str:
    """A score: its own cell, its line on the scoreboard, or a cell whose formula shows it."""
    sheet = opened.raw.sheet(at.sheet)
    formula = sheet.formulas.get((at.row, at.column)) if sheet else None
    shown = [code for code in SCORE_NAME.findall(formula.text) if code in all_scores()] if formula else []
    named = (code for code in all_scores() if _is_line_of(opened, at, f"wm_score_{code}"))
    code = next(named, shown[0] if shown else None)
    return "" if code is None else score_in_words(opened, code)


def _is_line_of(opened: Opened, at: Place, name: str) -> bool:
    found = opened.area(name)
    return found is not None and found[0].name == at.sheet and found[1].r1 == at.row


def score_in_words(opened: Opened, code: str) -> str:
    """The score, why it is what it is, and what would raise it."""
    lang = opened.lang
    rows = scores(opened.call)
    name, value, unit, why, *_ = rows[list(all_scores()).index(code)]
    shown = NOT_ASSESSED.to(lang) if value in (None, "") else f"{value:.4g}" if isinstance(value, float) else value
    ways = raises(opened, code)
    return lines([
        fill(SCORE, lang, name=name, value=f"{shown} ({unit})" if unit and value not in (None, "") else shown),
        str(why or ""),
        RAISE.to(lang) if ways else "",
        *(f"· {way}" for way in ways),
    ])  # fmt: skip


def _called(opened: Opened, at: Place) -> str:
    """Another cell that calls a function of ours."""
    sheet = opened.raw.sheet(at.sheet)
    formula = sheet.formulas.get((at.row, at.column)) if sheet else None
    if formula is None or not any(calls_in(formula.text)):
        return ""
    return explain(formula.text, opened.cells, opened.lang, opened.raw.dates)


def _entry(opened: Opened, at: Place) -> str:
    """An entry: what the column asks, what is wrong with it, and the flags about the person of its row."""
    found = entry_at(opened, at)
    lang = opened.lang
    told = []
    if found is not None and found[1] is not None:
        entered = found[1]
        told.append(fill(ENTRY, lang, field=entered.label, help=entered.help))
        told.append(REQUIRED.to(lang) if entered.required else "")
        told += [
            fill(WRONG, lang, code=finding.code, message=finding.message(lang), hint=finding.hint(lang))
            for finding in opened.entries.findings
            if finding.sheet.casefold() == at.sheet.casefold() and finding.cell == at.cell
        ]
    who = person_at(opened, at)
    if who is not None:
        flags = [flag for flag in opened.judgement.open_flags if key(flag.subject) == key(who)]
        told.append("" if not told else " ")
        told.append(fill(FLAGS_OF if flags else NO_FLAGS_OF, lang, who=who))
        told += [f"· {flag.code} {flag.message(lang)} → {flag.remedy(lang)}" for flag in flags]
    return lines(told)


def entry_at(opened: Opened, at: Place) -> tuple[str, Field | None, int | None] | None:
    """Table, field and record (from 0) of a cell of an input table; None outside of all."""
    for code, place in opened.entries.places.items():
        if place.sheet.casefold() != at.sheet.casefold():
            continue
        table = TABLE[code]
        if table.is_record:
            named = next((f for f in table.fields if place.cell(0, f.code) == at.cell), None)
            if named is not None:
                return code, named, 0
            continue
        rows, columns = getattr(place, "rows", ()), getattr(place, "columns", {})
        entered = next((f for f in table.fields if columns.get(f.code) == at.column), None)
        index = list(rows).index(at.row) if at.row in rows else None
        if entered is not None and (index is not None or _is_in_room(opened, code, at.row)):
            return code, entered, index
    return None


def _is_in_room(opened: Opened, table: str, row: int) -> bool:
    found = opened.area(f"wm_{table}")
    return found is not None and found[1].r1 < row <= found[1].r2


def person_at(opened: Opened, at: Place) -> str | None:
    """The contact that a cell's row is about: on People, the person of that row, whichever of its cells is active."""
    found = entry_at(opened, at)
    order = ["contacts"] if found is None else [found[0], "contacts"]
    for code in order:
        place = opened.entries.places.get(code)
        rows = getattr(place, "rows", ())
        if place is None or place.sheet.casefold() != at.sheet.casefold() or at.row not in rows:
            continue
        row = getattr(opened.entries.map, code)[list(rows).index(at.row)]
        name = getattr(row, "name" if code == "contacts" else "contact", None)
        if isinstance(name, str) and name:
            return name
    return None


# -- what would raise a score: what the functions themselves say is missing, the most telling first -------------------


def raises(opened: Opened, code: str) -> list[str]:
    """At most five ways to raise a score, in words; none for a score that only names a class."""
    ways = _WAYS.get(code)
    return [] if ways is None else list(ways(opened))[:MOST]


def _rows(opened: Opened, name: str) -> list[list[object]]:
    rows = FUNCTIONS[name].compute(opened.call)
    assert not isinstance(rows, str | float | None)
    return [list(row) for row in rows]


def _missing(name: str, most: int | None = None) -> Callable[[Opened], Iterator[str]]:
    """What a function's rows name in their first column, with what they say is missing in their last."""

    def ways(opened: Opened) -> Iterator[str]:
        for what, *_, missing in _rows(opened, name)[:most]:
            if missing:
                yield fill(OF, opened.lang, what=what, missing=missing)

    return ways


def _trust(opened: Opened) -> Iterator[str]:
    judgement = opened.judgement
    unrated = [contact for contact in judgement.active if trust_of(judgement, contact).score is None]
    for contact in sorted(unrated, key=judgement.weight, reverse=True):
        yield fill(RATE, opened.lang, who=contact.name or "")
    for pillar, _, _, who in _rows(opened, "TRUST_PILLARS"):
        if who:
            yield fill(WEAKEST, opened.lang, pillar=pillar, who=who)


def _wins(opened: Opened) -> Iterator[str]:
    for *_, ask in _rows(opened, "WIN_CHECKLIST"):
        if ask:
            yield str(ask)


def _stages(opened: Opened) -> Iterator[str]:
    for stage, criterion, done, *_ in _rows(opened, "STAGE_GATE"):
        if done == NOT_DONE:
            yield fill(OF, opened.lang, what=stage, missing=criterion)


def _competition(opened: Opened) -> Iterator[str]:
    for criterion, _, _, rival, lead in _rows(opened, "COMPETITION"):
        if isinstance(lead, str) and lead.startswith("▼"):
            yield fill(OF, opened.lang, what=criterion, missing=f"{lead} ({rival})")


def _health(opened: Opened) -> Iterator[str]:
    for what, points in _rows(opened, "HEALTH_WHY"):
        if isinstance(points, float) and points > 0:
            yield fill(GAIN, opened.lang, what=what, points=f"+{points:.3g}")


def _plan(opened: Opened) -> Iterator[str]:
    for line in Week(opened.call).lines():
        yield line.what


_WAYS: Mapping[str, Callable[[Opened], Iterator[str]]] = {
    "role_coverage": _missing("ROLE_STATUS"), "trust": _trust, "trust_assessed_share": _trust, "win": _wins, "quadrant": _wins,
    "stage": _stages, "stage_reached": _stages, "needs": _missing("NEEDS", NEED_FIRST), "competition": _competition,
    "position": _competition, "negotiation": _missing("NEGOTIATION"), "health": _health, "band": _health,
    "weakest_link": _health, "health_assessed_share": _health, "plan_quality": _plan,
}  # fmt: skip
