"""The words of one letter: short, without a greeting, in the rep's language, at most about sixty lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from warmap.text import Lang, Text
from warmap_app.outputs.columns import name_of
from warmap_app.outputs.flags import worst_flags
from warmap_app.outputs.own_words import findings_in_own_language, flags_in_own_language
from warmap_app.outputs.wording import SEVERITIES, one_line, severity_said
from warmap_app.result import Result

MOST_LINES = 60
LAST_LINES = 3  # for the rest that has no room, and where the full list is
FLAGS_A_DEAL = 2
MOST_CELLS = 8  # that one line names
LONGEST_LINE = 300  # characters
ONE_FINDING, FLAGS = 2, 1 + 2 * FLAGS_A_DEAL  # lines

SUBJECT_MEND = Text("作战地图检查：{failed} 份要改（共 {all} 份）", "War map check: {failed} of {all} to mend")
SUBJECT_FINE = Text("作战地图检查：{all} 份全部通过", "War map check: all {all} passed")
OPENING = Text(
    "检查了 {all} 份作战地图：{passed} 份通过，{failed} 份要改。",
    "War maps checked: {all}. Passed: {passed}. To mend: {failed}.",
)
TO_MEND, PASSED = Text("【要改】{file}", "[to mend] {file}"), Text("【通过】{file}", "[passed] {file}")
HEALTH = Text("，健康度 {health}", ", health {health}")
MINOR = Text("另有 {count} 条一般问题。", "Minor findings besides: {count}.")
MORE = Text("另有 {count} 条严重或重要的问题。", "More critical or major findings: {count}.")
RISKS = Text("这一单最要紧的红旗：", "The worst red flags of this deal:")
NO_ROOM = Text("这里没有写到的文件：{files}", "Files not told of here: {files}")
FULL_LIST = Text(
    "完整清单：附件 findings.csv（即本文件夹里的 {file}）。",
    "The full list: the attachment findings.csv ({file} in this folder).",
)


class Letter(NamedTuple):
    """One letter."""

    subject: str
    body: str


def letter_for(results: Sequence[Result], lang: Lang, full_list: str) -> Letter:
    """The letter about one rep's files, those that did not pass first."""
    failed = [result for result in results if not result["passed"]]
    passed = [result for result in results if result["passed"]]
    facts = {"all": len(results), "passed": len(passed), "failed": len(failed)}
    lines = [OPENING.say(lang, facts)]
    ordered = [*failed, *passed]
    for place, result in enumerate(ordered):
        room = MOST_LINES - LAST_LINES - len(lines)
        share = max(room // (len(ordered) - place), min(room, 2 + ONE_FINDING + FLAGS))
        block = _block(result, lang, share - 1)
        if len(block) + 1 > room:
            names = ", ".join(_file(left) for left in ordered[place:])
            lines += ["", one_line(NO_ROOM.to(lang).replace("{files}", names), LONGEST_LINE)]
            break
        lines += ["", *block]
    lines += ["", FULL_LIST.to(lang).replace("{file}", full_list)]
    subject = (SUBJECT_MEND if failed else SUBJECT_FINE).say(lang, facts)
    return Letter(subject, "\n".join(lines) + "\n")


def _block(result: Result, lang: Lang, room: int) -> list[str]:
    """One file in at most `room` lines, as far as its head and its flags leave some for findings."""
    lines = [_head(result, lang)]
    flags = list(islice(worst_flags(result, lang, flags_in_own_language(result)), FLAGS_A_DEAL))
    told = findings_in_own_language(result)
    minor = sum(one["severity"] == "minor" for one in told)
    heavy = _same_together(one for one in told if one["severity"] != "minor")
    for_flags = 1 + 2 * len(flags) if flags else 0
    most = max((room - 3 - for_flags) // ONE_FINDING, 1)
    lines += _findings(heavy[:most], lang)
    if len(heavy) > most:
        left = sum(len(places) for _, places in heavy[most:])
        lines.append("  " + MORE.say(lang, {"count": left}))
    if minor:
        lines.append("  " + MINOR.say(lang, {"count": minor}))
    if flags:
        lines.append("  " + RISKS.to(lang))
        for flag in flags:
            lines += _pair(flag, flag["subject"], flag["message"], flag["remedy"], lang)
    return lines


def _same_together(findings: Iterable[dict[str, Any]]) -> list[tuple[dict[str, Any], list[str]]]:
    """The heaviest first; what says the same of several cells is said once, with all of them."""
    together: dict[tuple[str, ...], tuple[dict[str, Any], list[str]]] = {}
    for finding in sorted(findings, key=lambda one: SEVERITIES[one["severity"]].place):
        same = tuple(str(finding[part]) for part in ("sheet", "code", "message", "hint"))
        together.setdefault(same, (finding, []))[1].append(finding["cell"])
    return list(together.values())


def _findings(findings: Sequence[tuple[dict[str, Any], list[str]]], lang: Lang) -> list[str]:
    """What is wrong where; how to mend it stands once below those for which it is the same."""
    lines: list[str] = []
    for place, (finding, cells) in enumerate(findings):
        named = ", ".join(cell for cell in cells[:MOST_CELLS] if cell) + (" …" if len(cells) > MOST_CELLS else "")
        pair = _pair(
            finding,
            " ".join(part for part in (finding["sheet"], named) if part),
            finding["message"],
            finding["hint"],
            lang,
        )
        following = findings[place + 1][0]["hint"] if place + 1 < len(findings) else None
        lines += pair[: 1 if following == finding["hint"] else 2]
    return lines


def _head(result: Result, lang: Lang) -> str:
    deal, health = result["deal"], result["scores"]["health"]
    words = (PASSED if result["passed"] else TO_MEND).to(lang).replace("{file}", _file(result))
    names = " · ".join(one_line(deal[part], 60) for part in ("account", "opportunity") if deal.get(part))
    figure = HEALTH.say(lang, {"health": f"{health:.0f}"}) if health is not None else ""
    return words + (f" — {names}" if names else "") + figure


def _file(result: Result) -> str:
    return one_line(name_of(result["file"]), 80)


def _pair(told: dict[str, Any], place: str, wrong: str, mend: str, lang: Lang) -> list[str]:
    """What is wrong where, and below it what to do."""
    colon = "：" if lang == "zh" else ": "
    about = f" {one_line(place, 60)}{colon}" if place else " "
    first = f"  {severity_said(told['severity'], lang)}{about}{one_line(wrong)}"
    return [one_line_kept(first), one_line_kept(f"    → {one_line(mend)}")]


def one_line_kept(line: str) -> str:
    """A line cut to its length, with the space it begins with."""
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…"
