"""A letter for each rep, ready to send: what passed, what to fix, the worst risks; no recipient is invented.

The words are short, without a greeting, in the rep's language: every file that failed, then about sixty lines.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from tempfile import TemporaryFile
from typing import IO, Any

from warmap.names import file_key, key
from warmap.text import Lang, Text, tenths
from warmap_app.outputs import Order, Totals, wording
from warmap_app.outputs.columns import FINDINGS, Found, name_of, rep_of
from warmap_app.outputs.csv_tables import csv_file
from warmap_app.outputs.destination import file_name, new_file, new_folder
from warmap_app.outputs.folder_summary import SUMMARY_NAME, write_summary
from warmap_app.result import COUNTED_INSTEAD, Result
from warmap_app.safe_text import one_line, shown

MOST_LINES = 60
LAST_LINES = 3  # for the files that have no room, and where the full list is
FLAGS_A_DEAL = 2
MOST_CELLS = 8  # that one line names
LONGEST_LINE = 300  # characters
ONE_FINDING, FLAGS = 2, 1 + 2 * FLAGS_A_DEAL  # lines
ATTACHMENT = "findings.csv"
_KEPT = frozenset({
    "passed", "file", "language", "deal", "scores", "findings", "red_flags",
    "in_own_language", "red_flags_in_own_language", COUNTED_INSTEAD,
})  # fmt: skip

DONE = Text("写了 {count} 封信。", "Letters written: {count}.")
SUBJECT_FIX = Text("作战地图检查：{failed} 份要改（共 {all} 份）", "War map check: {failed} of {all} to fix")
SUBJECT_FINE = Text("作战地图检查：{all} 份全部通过", "War map check: all {all} passed")
OPENING = Text(
    "检查了 {all} 份作战地图：{passed} 份通过，{failed} 份要改。",
    "War maps checked: {all}. Passed: {passed}. To fix: {failed}.",
)
TO_FIX, PASSED = Text("【要改】{file}", "[to fix] {file}"), Text("【通过】{file}", "[passed] {file}")
ALL_TO_FIX = Text("要改的文件：", "Files to fix:")
COUNTS = Text("：严重 {critical}，重要 {major}", ": critical {critical}, major {major}")
COUNTED_AS = Text("；这个商机计入的是 {file}", "; {file} is counted for this deal")
HEALTH = Text("，健康度 {health}", ", health {health}")
MINOR = Text("另有 {count} 条一般问题。", "Minor findings besides: {count}.")
MORE = Text("另有 {count} 条严重或重要的问题。", "More critical or major findings: {count}.")
RISKS = Text("这一单最要紧的红旗：", "The worst red flags of this deal:")
NO_ROOM = Text("这里没有写到的文件：{files}", "Files left out of this letter: {files}")
FULL_LIST = Text(
    "完整清单：附件 findings.csv（即本文件夹里的 {file}）。",
    "The full list: the attachment findings.csv ({file} in this folder).",
)


def write(results: Iterable[Result], order: Order, totals: Totals) -> list[Text]:
    """A letter as .txt and as .eml, and the full list as .csv, for each rep; and a summary for whoever sends them.

    Results wait in a temporary file until all of a rep's are there, so that memory does not grow with their number.
    """
    new_folder(order.place)
    taken = {file_key(SUMMARY_NAME)}
    places: dict[str, list[int]] = {}
    with TemporaryFile("w+b") as aside:
        for result in results:
            rep = key(rep_of(result))
            group = f"rep {rep}" if rep else f"file {result['file']}"
            places.setdefault(group, []).append(aside.tell())
            kept = {name: value for name, value in result.items() if name in _KEPT}
            aside.write(json.dumps(kept).encode() + b"\n")
        for starts in places.values():
            _write_letter([_read(aside, start) for start in starts], order, taken)
    write_summary(order, totals)
    return [DONE.filled(count=len(places))]


def _read(aside: IO[bytes], start: int) -> Result:
    aside.seek(start)
    result: Result = json.loads(aside.readline())
    return result


def _write_letter(results: list[Result], order: Order, taken: set[str]) -> None:
    lang: Lang = Counter(wording.own_language(result, order.lang) for result in results).most_common(1)[0][0]
    stem = file_name(rep_of(results[0]) or name_of(results[0]["file"]), taken)
    subject, text = letter_for(results, lang, full_list=f"{stem}.csv")
    rows = (Found(result, finding) for result in results for finding in wording.findings_in_own_language(result))
    full_list = csv_file(FINDINGS, rows, lang)
    body = text.encode("utf-8", "backslashreplace")
    message = _message(subject, body.decode(), full_list)
    for ending, content in ((".txt", body), (".eml", message), (".csv", full_list)):
        with new_file(order.place / f"{stem}{ending}", force=order.force, inputs=order.inputs) as file:
            file.write(content)


def _message(subject: str, body: str, full_list: bytes) -> bytes:
    """A draft that a mail program opens for sending; it fills in From, To and Date itself."""
    message: Any = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["X-Unsent"] = "1"  # Outlook opens such a file as a draft
    message.set_content(body)
    message.add_attachment(full_list, maintype="text", subtype="csv", filename=ATTACHMENT)
    message.set_boundary("=_warmap_letter")  # by default a random one: the same results should give the same bytes
    return bytes(message.as_bytes())


def letter_for(results: Sequence[Result], lang: Lang, full_list: str) -> tuple[str, str]:
    """Subject and body of the letter about one rep's files, those that did not pass first."""
    failed = [result for result in results if not result["passed"]]
    ordered = [*failed, *(result for result in results if result["passed"])]
    facts = {"all": len(results), "passed": len(results) - len(failed), "failed": len(failed)}
    lines = [OPENING.say(lang, facts)]
    if len(failed) > 1:
        lines += ["", ALL_TO_FIX.to(lang), *(f"  {_file(result)}{_counted(result, lang)}" for result in failed)]
    most = MOST_LINES + len(lines)
    for place, result in enumerate(ordered):
        room = most - LAST_LINES - len(lines)
        share = max(room // (len(ordered) - place), min(room, 2 + ONE_FINDING + FLAGS))
        block = _block(result, lang, share - 1)
        if len(block) + 1 > room:
            names = ", ".join(_file(left) for left in ordered[place:])
            lines += ["", one_line(NO_ROOM.to(lang).replace("{files}", names), LONGEST_LINE)]
            break
        lines += ["", *block]
    lines += ["", FULL_LIST.to(lang).replace("{file}", full_list)]
    return (SUBJECT_FIX if failed else SUBJECT_FINE).say(lang, facts), "\n".join(lines) + "\n"


def _counted(result: Result, lang: Lang) -> str:
    """How much there is to fix in a file."""
    counts = Counter(finding["severity"] for finding in result["findings"])
    return COUNTS.say(lang, {"critical": counts["critical"], "major": counts["major"]})


def _block(result: Result, lang: Lang, room: int) -> list[str]:
    """One file in about `room` lines; what its head and flags leave is for findings, but at least one."""
    flags = wording.open_flags_told(result, lang, wording.flags_in_own_language(result))[:FLAGS_A_DEAL]
    findings = wording.findings_in_own_language(result)
    minor = sum(one["severity"] == "minor" for one in findings)
    heavy = _same_together(one for one in findings if one["severity"] != "minor")
    for_flags = 1 + 2 * len(flags) if flags else 0
    most = max((room - 3 - for_flags) // ONE_FINDING, 1)
    lines = [_head(result, lang), *_findings(heavy[:most], lang)]
    if len(heavy) > most:
        left = sum(len(cells) for _, cells in heavy[most:])
        lines.append("  " + MORE.say(lang, {"count": left}))
    if minor:
        lines.append("  " + MINOR.say(lang, {"count": minor}))
    if flags:
        lines.append("  " + RISKS.to(lang))
        for flag in flags:
            lines += _pair(flag, flag["subject"], flag["remedy"], lang)
    return lines


def _same_together(findings: Iterable[dict[str, Any]]) -> list[tuple[dict[str, Any], list[str]]]:
    """Heaviest first; a problem that occurs in several cells is listed once, with all of them."""
    together: dict[tuple[str, ...], tuple[dict[str, Any], list[str]]] = {}
    for finding in wording.worst_first(findings):
        same = tuple(str(finding[part]) for part in ("sheet", "code", "message", "hint"))
        together.setdefault(same, (finding, []))[1].append(finding["cell"])
    return list(together.values())


def _findings(findings: Sequence[tuple[dict[str, Any], list[str]]], lang: Lang) -> list[str]:
    """What is wrong and where; a remedy shared by consecutive problems is given once, below them."""
    lines: list[str] = []
    following = [*(finding["hint"] for finding, _ in findings[1:]), None]
    for (finding, cells), next_hint in zip(findings, following, strict=False):
        named = ", ".join(cell for cell in cells[:MOST_CELLS] if cell) + (" …" if len(cells) > MOST_CELLS else "")
        place = " ".join(part for part in (finding["sheet"], named) if part)
        pair = _pair(finding, place, finding["hint"], lang)
        lines += pair[: 1 if next_hint == finding["hint"] else 2]
    return lines


def _head(result: Result, lang: Lang) -> str:
    deal, health = result["deal"], result["scores"]["health"]
    words = (PASSED if result["passed"] else TO_FIX).to(lang).replace("{file}", _file(result))
    instead = result.get(COUNTED_INSTEAD)
    names = " · ".join(one_line(deal[part], 60) for part in ("account", "opportunity") if deal.get(part))
    figure = HEALTH.say(lang, {"health": tenths(health)}) if health is not None else ""
    counted = COUNTED_AS.to(lang).replace("{file}", one_line(name_of(instead), 80)) if instead else ""
    return words + (f" — {names}" if names else "") + figure + counted


def _file(result: Result) -> str:
    return one_line(name_of(result["file"]), 80)


def _pair(told: dict[str, Any], place: str, remedy: str, lang: Lang) -> list[str]:
    colon = "：" if lang == "zh" else ": "
    about = f" {one_line(place, 60)}{colon}" if place else " "
    wrong = f"  {wording.severity_said(told['severity'], lang)}{about}{one_line(told['message'])}"
    return [shown(line, LONGEST_LINE) for line in (wrong, f"    → {one_line(remedy)}")]
