"""`warmap evaluate` and `diff`: one map judged, or two compared: the scores that moved, the flags, every field."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warmap.evaluation import scores
from warmap.flags import Flag
from warmap.history import map_of, undamaged
from warmap.judgement import Judgement, judge
from warmap.reading import Reading
from warmap.scores import all_scores
from warmap.scrutiny import Marked, marked_changes
from warmap.terms import key
from warmap.text import Lang, Text
from warmap_app.apart import Apart
from warmap_app.command import FAILED, PASSED, Command, UserError
from warmap_app.commands.options import add_shared, date_of, existing_file, readable, settings_of
from warmap_app.load import WORKBOOKS, evaluation_of, load
from warmap_app.outputs.terminal_table import print_findings
from warmap_app.report.mutual_plan import returned
from warmap_app.safe_text import as_json
from warmap_app.scoreboard import brief, flag_said, score_said, scoreboard
from warmap_app.screen import Head, Part, Table, bold, line, print_parts

FILE = Text("工作簿（.xlsx、.xlsm）、YAML 或 JSON", "a workbook (.xlsx, .xlsm), YAML or JSON")
OLD = Text("旧的一份（工作簿、YAML 或 JSON）", "the older map (workbook, YAML or JSON)")
NEW = Text(
    "新的一份；省略则与工作簿里最近一份快照比较",
    "the newer map; left out: the newest snapshot inside OLD against OLD as it stands",
)
BRIEF = Text(
    "只显示十行：商机、健康度、最重的两面红旗、下三步",
    "ten lines only: the deal, its health, the two worst flags, the next three actions",
)
BRIEF_FINDINGS = Text("检查发现：{count} 条", "findings of the check: {count}")
NO_SNAPSHOT = Text(
    "{path} 里没有快照；请给出两份文件，或先运行 warmap history --add",
    "there is no snapshot in {path}; name two files, or take one with warmap history --add",
)

SCORE_HEADS = (
    Head(Text("得分", "Score")), Head(Text("原来", "Before"), "figure"), Head(Text("现在", "Now"), "figure"),
)  # fmt: skip
RAISED, CLEARED = Text("新的红旗", "New red flags"), Text("消除的红旗", "Red flags gone")
FIELDS = Text("改动的内容（{count} 处）", "What was changed ({count})")
EVIDENCE = Text("客户写下的凭据", "Evidence written by the customer")
NOTHING = Text("两份地图没有区别。", "The two maps are the same.")
MOST_SHOWN = 60
MORE = Text("… 还有 {more} 处（--json 全部列出）", "… {more} more (--json lists them all)")


def _evaluate_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=FILE.to(lang))
    parser.add_argument("--brief", action="store_true", help=BRIEF.to(lang))
    add_shared(parser, lang, "--json", "--as-of", "--settings")


def evaluate(options: argparse.Namespace, lang: Lang) -> int:
    """Exit code 0 when the map could be read, 1 when the file holds none."""
    loaded = load(existing_file(options.file), date_of(options.as_of), settings_of(options.settings))
    if options.json:
        print(as_json(evaluation_of(loaded, lang), indent=2))
    else:
        if loaded.is_map:
            print_parts((brief if options.brief else scoreboard)(loaded, lang))
        if options.brief and loaded.is_map:
            print(BRIEF_FINDINGS.say(lang, {"count": len(loaded.findings)}))
        else:
            print_findings(loaded.findings, lang)
    return PASSED if loaded.is_map else FAILED


def _diff_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    parser.add_argument("old", metavar="OLD", type=Path, help=OLD.to(lang))
    parser.add_argument("new", metavar="NEW", type=Path, nargs="?", help=NEW.to(lang))
    add_shared(parser, lang, "--json")


def diff(options: argparse.Namespace, lang: Lang) -> int:
    """Compare two maps, or a map with its newest snapshot."""
    old, proofs = readable(options.old), list[Text]()
    if options.new is not None:
        now, proofs = _newer(options.new, old)
        before, names = old.judgement, (str(options.old), str(options.new))
    elif snapshots := undamaged(old.map.snapshots):
        now, newest = old.judgement, snapshots[-1]
        before, names = judge(map_of(newest), old.settings), (str(newest.taken_on or ""), str(options.old))
    else:
        raise UserError(NO_SNAPSHOT.filled(path=options.old))
    difference = difference_of(before, now)
    if options.json:
        told = {"evidence": [words.to(lang) for words in proofs]} if proofs else {}
        print(as_json({"old": names[0], "new": names[1], **difference.as_data(lang), **told}, indent=2))
    else:
        evidence = [bold(EVIDENCE.to(lang)), *(line(f"  {words.to(lang)}") for words in proofs)] if proofs else []
        print_parts([*difference.shown(lang), *evidence] or [line(NOTHING.to(lang))])
    return PASSED


def _newer(path: Path, old: Reading) -> tuple[Judgement, list[Text]]:
    """The newer map; of a mutual plan that came back the map as the customer would have it, and the evidence written in it."""
    loaded = load(existing_file(path))
    if loaded.is_map or path.suffix.lower() not in WORKBOOKS:
        return readable(path).judgement, []
    war_map, proofs = returned(path, old.map)
    return judge(war_map, old.settings), proofs


@dataclass(frozen=True, slots=True)
class Difference:
    """What lies between two judged maps of one deal.

    `scores` are those that differ, by code: before and now; `raised` and `cleared` the red flags that came and went.
    """

    scores: Mapping[str, tuple[Any, Any]]
    raised: Sequence[Flag]
    cleared: Sequence[Flag]
    changes: Sequence[Marked]

    def as_data(self, lang: Lang) -> dict[str, Any]:
        """As JSON."""

        def flags(found: Sequence[Flag]) -> list[dict[str, str]]:
            return [{"code": f.code, "severity": f.severity.value, "subject": f.subject, "message": f.message(lang)}
                    for f in found]  # fmt: skip

        return {
            "scores": {code: {"old": old, "new": new} for code, (old, new) in self.scores.items()},
            "red_flags": {"raised": flags(self.raised), "cleared": flags(self.cleared)},
            "changes": [marked.as_data() for marked in self.changes],
        }

    def shown(self, lang: Lang) -> Iterator[Part]:
        """As a terminal shows it; nothing where nothing differs."""
        if self.scores:
            moved = Table(SCORE_HEADS, lang)
            for code, pair in self.scores.items():
                moved.add_row(all_scores()[code].name.to(lang), *(score_said(code, value, lang) for value in pair))
            yield moved
        for title, flags in ((RAISED, self.raised), (CLEARED, self.cleared)):
            if flags:
                yield bold(title.to(lang))
                yield from (line(f"  {flag_said(flag, lang)}") for flag in flags)
        if self.changes:
            yield bold(FIELDS.say(lang, {"count": len(self.changes)}))
            for marked in self.changes[:MOST_SHOWN]:
                yield line(f"  {marked.change.say(lang)}")
                if note := marked.note(lang):
                    yield line(f"    {note}", "yellow")
            if len(self.changes) > MOST_SHOWN:
                yield line(MORE.say(lang, {"more": len(self.changes) - MOST_SHOWN}))


def difference_of(old: Judgement, new: Judgement) -> Difference:
    """What the newer map says otherwise than the older one."""
    before = scores(old)
    moved = {code: (before[code], value) for code, value in scores(new).items() if before[code] != value}
    raised, cleared = _only(new.flags, old.flags), _only(old.flags, new.flags)
    return Difference(moved, raised, cleared, marked_changes(old.map, new))


def _only(flags: Sequence[Flag], others: Sequence[Flag]) -> Sequence[Flag]:
    known = {(flag.code, key(flag.subject)) for flag in others}
    return [flag for flag in flags if (flag.code, key(flag.subject)) not in known]


COMMANDS = {
    "evaluate": Command("warmap evaluate deal.xlsx --json", _evaluate_arguments, Apart(evaluate)),
    "diff": Command("warmap diff last_week.xlsx this_week.xlsx", _diff_arguments, Apart(diff, ("old", "new"))),
}
