"""Two judged maps side by side: scores that moved, flags that came and went, and every field that changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from warmap.changes import Change, changes
from warmap.evaluation import scores
from warmap.flags import Flag, subject_label
from warmap.judgement import Judgement
from warmap.terms import key
from warmap.text import Lang, Text
from warmap.worksheet.overview import SCORES_BY_CODE

if TYPE_CHECKING:
    from rich.console import RenderableType

SCORE_HEADS = (Text("得分", "Score"), Text("原来", "Before"), Text("现在", "Now"))
RAISED, CLEARED = Text("新的红旗", "New red flags"), Text("消除的红旗", "Red flags gone")
FIELDS = Text("改动的内容（{count} 处）", "What was changed ({count})")
NOTHING = Text("两份地图没有区别。", "The two maps are the same.")
MOST_SHOWN = 60
MORE = Text("… 还有 {more} 处（--json 全部列出）", "… {more} more (--json lists them all)")


@dataclass(frozen=True)
class Difference:
    """What lies between two judged maps of one deal."""

    old: Judgement
    new: Judgement

    @cached_property
    def scores(self) -> dict[str, tuple[Any, Any]]:
        """Scores that differ, by code: before and now."""
        before, now = scores(self.old), scores(self.new)
        return {code: (before[code], value) for code, value in now.items() if before[code] != value}

    @cached_property
    def changes(self) -> list[Change]:
        """Every field that changed."""
        return changes(self.old.map, self.new.map)

    @property
    def raised(self) -> Sequence[Flag]:
        """Flags that were not there before."""
        return _only(self.new.flags, self.old.flags)

    @property
    def cleared(self) -> Sequence[Flag]:
        """Flags that are no longer there."""
        return _only(self.old.flags, self.new.flags)

    def as_data(self, lang: Lang) -> dict[str, Any]:
        """As JSON."""

        def flags(found: Sequence[Flag]) -> list[dict[str, str]]:
            return [{"code": f.code, "severity": f.severity.value, "subject": f.subject, "message": f.message(lang)}
                    for f in found]  # fmt: skip

        return {
            "scores": {code: {"old": old, "new": new} for code, (old, new) in self.scores.items()},
            "red_flags": {"raised": flags(self.raised), "cleared": flags(self.cleared)},
            "changes": [change.as_data() for change in self.changes],
        }

    def tables(self, lang: Lang) -> list[RenderableType]:
        """As a terminal shows it."""
        from rich.table import Table
        from rich.text import Text as Line

        from warmap_app.tables import clean

        parts: list[RenderableType] = []
        if self.scores:
            table = Table(header_style="bold")
            for head in SCORE_HEADS:
                table.add_column(head.to(lang), overflow="fold")
            for code, pair in self.scores.items():
                table.add_row(SCORES_BY_CODE[code][0].to(lang), *(shown_score(value) for value in pair))
            parts.append(table)
        for title, flags in ((RAISED, self.raised), (CLEARED, self.cleared)):
            if flags:
                parts.append(Line(title.to(lang), "bold"))
                parts += [Line(clean(f"  {f.code} {subject_label(f.subject, lang)}: {f.message(lang)}")) for f in flags]
        if self.changes:
            parts.append(Line(FIELDS.say(lang, {"count": len(self.changes)}), "bold"))
            parts += [Line(clean(f"  {change.say(lang)}")) for change in self.changes[:MOST_SHOWN]]
            if len(self.changes) > MOST_SHOWN:
                parts.append(Line(MORE.say(lang, {"more": len(self.changes) - MOST_SHOWN})))
        return parts or [Line(NOTHING.to(lang))]


def _only(flags: Sequence[Flag], others: Sequence[Flag]) -> list[Flag]:
    known = {(flag.code, key(flag.subject)) for flag in others}
    return [flag for flag in flags if (flag.code, key(flag.subject)) not in known]


def shown_score(value: object) -> str:
    """A score as a table of several shows it: at most two decimals, a dash where it is not assessed."""
    return "–" if value is None else f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
