"""What an import of people would do, in words: for the command's preview and for the page's."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from warmap.changes import shown as value_shown
from warmap.text import COLON, COMMA, Lang, Text
from warmap_app.people.listed import LeftOut
from warmap_app.people.plan import Plan, label_of

LEFT_OUT = Text("略去的行（{count}）", "Rows left out ({count})")
LEFT_ROW = Text("第 {row} 行 {words}：{why}", "row {row}, {words}: {why}")
NEW = Text("新的人（{count}）", "New people ({count})")
CHANGED = Text("补上空白（{count}）", "Blanks filled in ({count})")
CONFLICTS = Text("与地图不同，保留地图上的（{count}）", "Said otherwise; the map's own stays ({count})")
CONFLICT = Text("{name} · {field}：地图 {ours}，名单 {theirs}", "{name} · {field}: map {ours}, list {theirs}")


def told(plan: Plan, left_out: Sequence[LeftOut], lang: Lang) -> Iterator[tuple[str, list[str], bool]]:
    """A title, its lines, and whether somebody should look at them; only what there is."""
    new = [f"{person.name}{_values(person.values, lang)}" for person, _ in plan.new]
    changed = [f"{person.name}{_values(values, lang)}" for person, values in plan.changed.values()]
    clashes = [
        CONFLICT.say(lang, {"name": one.name, "field": label_of(one.field, lang), "ours": _said(one.ours, lang), "theirs": _said(one.theirs, lang)})
        for one in plan.conflicts
    ]  # fmt: skip
    rows = [LEFT_ROW.say(lang, {"row": one.row, "words": one.words, "why": one.why.value}) for one in left_out]
    for title, items, is_odd in (
        (NEW, new, False),
        (CHANGED, changed, False),
        (CONFLICTS, clashes, True),
        (LEFT_OUT, rows, False),
    ):
        if items:
            yield title.say(lang, {"count": len(items)}), items, is_odd


def _values(values: Mapping[str, Any], lang: Lang) -> str:
    told = [f"{label_of(code, lang)} {_said(value, lang)}" for code, value in values.items() if code != "notes"]
    return COLON.to(lang) + COMMA.to(lang).join(told) if told else ""


def _said(value: Any, lang: Lang) -> str:
    if isinstance(value, frozenset):
        return "+".join(value_shown(None, one, lang) for one in sorted(value, key=lambda term: term.place))
    return value_shown(None, value, lang)
