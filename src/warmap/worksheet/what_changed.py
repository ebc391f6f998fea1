"""The function that says what changed since an earlier snapshot: the scores that moved, then every entry, line by line."""

from warmap.changes import BLANK, Change, shown
from warmap.model import TABLE
from warmap.scores import all_scores
from warmap.scrutiny import marked_changes
from warmap.text import SEMICOLON, Lang, Text
from warmap.worksheet.declaration import ALL_TABLES, NEWEST, Call, Function, Rows, Scalar, arguments

SCORES = Text("得分", "Scores")
COMPARED = Text("与 {day} 的快照比", "Against the snapshot of {day}")
UNDATED = Text("与没有日期的快照比", "Against an undated snapshot")
NO_SNAPSHOT = Text(
    "还没有可比的快照：提交一次，下次就看得到改了什么", "Nothing to compare with yet: submit once, and the next time shows what changed"
)  # fmt: skip
ADDED, REMOVED = Text("新增", "added"), Text("删去", "removed")
MOVED = Text("{name} {old} → {new}", "{name} {old} → {new}")


def what_changed(call: Call) -> Rows:
    """Rows: table, who or what, field, from, to, what to look at; first the scores that moved, health among the columns."""
    earlier, lang = call.before, call.lang
    if earlier is None:
        return [[SCORES.to(lang), NO_SNAPSHOT.to(lang), "", "", "", ""]]
    settings, now = call.judgement.settings, call.judgement.scores
    before = earlier.scores(settings)
    moved = []
    for code, score in all_scores().items():
        old, new = score.shown(before[code], lang), score.shown(now[code], lang)
        if old != new and code != "health":
            moved.append(MOVED.say(lang, {"name": score.name, "old": old, "new": new}))
    health = all_scores()["health"]
    day = earlier.taken_on
    compared = UNDATED.to(lang) if day is None else COMPARED.say(lang, {"day": day})
    figures = (health.shown(value, lang) for value in (before["health"], now["health"]))
    first = [SCORES.to(lang), compared, health.name.to(lang), *figures, SEMICOLON.to(lang).join(moved)]
    marked = marked_changes(earlier.map, call.judgement)
    return [first, *([*_cells(one.change, lang), one.note(lang)] for one in marked)]


def _cells(change: Change, lang: Lang) -> list[Scalar]:
    table = TABLE[change.table]
    who = " · ".join(shown(None, part, lang) for part in change.row if part is not None)
    if change.kind != "changed":
        came = change.kind == "added"
        return [table.label.to(lang), who, "", *(("", ADDED.to(lang)) if came else ("", REMOVED.to(lang)))]
    face = table.by_code.get(change.field)
    values = (BLANK.to(lang) if value is None else shown(face, value, lang) for value in (change.old, change.new))
    return [table.label.to(lang), who, change.field_name(lang), *values]


WHAT_CHANGED = Function(
    "WHAT_CHANGED",
    Text(
        "上次提交以来改了什么；因删去而升高的得分、没有新依据就抬高的判断排在最前",
        "What changed since the last submission; scores that rose by removing something come first, then judgements raised without evidence",
    ),
    (*arguments(*ALL_TABLES, required=2), NEWEST),
    Text("第 1 行是变动的得分，其后每处改动一行", "Row 1: the scores that moved; then one row a change"),
    what_changed,
    (
        Text("表", "Table"), Text("谁、哪一项", "Who or what"), Text("字段", "Field"), Text("原来", "From"), Text("现在", "To"),
        Text("要看的", "Look at"),
    ),
)  # fmt: skip
