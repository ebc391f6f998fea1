"""What a reader of changes should see first: scores that rose because something was removed, and judgements raised unproven.

Nobody gains by deleting. What was taken away is put back into the newer map, one piece at a time, and where a score is
lower with it, the rise is the removal's. One piece is a row; a person who was removed is one piece with all that was
written of that person, and the competition table is one, since its scores count only together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from warmap.changes import Change, changes
from warmap.judgement import Judgement
from warmap.model import Model, Trust, WarMap
from warmap.names import key
from warmap.placeholders import is_placeholder
from warmap.scores import MAIN_SCORES, Kind, all_scores
from warmap.scores.assessment import Assessment
from warmap.scores.trust import current_ratings
from warmap.settings import Settings
from warmap.terms import EvidenceGrade, Support, TrustPillar, WinStatus
from warmap.text import COMMA, Lang, Text, tenths

MOST_PIECES = 12  # put back one by one; judging a map with 60 contacts takes some 7 ms, and cells wait for it
NOISE = 1e-9
MARK = "▲"  # what each note begins with
SHOWN_FROM = 0.05  # smaller rises have no whole tenth

GAINED = Text("▲ 删去它反而升了：{scores} 分", "▲ Removing this raised {scores} points")
AS_ABOVE = Text("▲ 同上", "▲ As above")
UNPROVEN = Text("▲ 判断抬高了，没有新的依据", "▲ Raised without new evidence")
ROSE = Text("{score} +{by}", "{score} by {by}")
MOST_NAMED = 3  # scores, health first


@dataclass(frozen=True, slots=True)
class Marked:
    """A change, and what a reader must know of it.

    `gained` are the scores that are higher because of what it removed, by code, on their own scales; they belong to all
    changes of one piece, and `leads` is the first of these. `is_unproven` tells of a judgement raised without evidence.
    """

    change: Change
    gained: Mapping[str, float] = field(default_factory=dict)
    leads: bool = True
    is_unproven: bool = False

    def note(self, lang: Lang) -> str:
        """The mark in words, with a sign; empty where there is nothing to mark."""
        if self.gained:
            return GAINED.say(lang, {"scores": _said(self.gained, lang)}) if self.leads else AS_ABOVE.to(lang)
        return UNPROVEN.to(lang) if self.is_unproven else ""

    def as_data(self) -> dict[str, Any]:
        """The change as JSON has it, with its marks where there are any."""
        told = self.change.as_data()
        if self.gained:
            told["raised_by_removing"] = dict(self.gained)
        return {**told, "raised_without_evidence": True} if self.is_unproven else told


def _said(gained: Mapping[str, float], lang: Lang) -> str:
    said = []
    for code, by in list(gained.items())[:MOST_NAMED]:
        score = all_scores()[code]
        points = 100 * by if score.kind is Kind.SHARE else by
        shown = tenths(points) if points >= SHOWN_FROM else f"{points:.1g}"
        said.append(ROSE.say(lang, {"score": score.name, "by": shown}))
    return COMMA.to(lang).join(said)


def marked_changes(old: WarMap, new: Judgement) -> list[Marked]:
    """Every change from the older map to the newer, those first that a reader must look at.

    What raised a score by being removed comes first, the largest rise of health before the others, then what was raised
    without new evidence, then the rest as it stands on the sheets. Tables that the newer map was not given are left out.
    """
    found = [change for change in changes(old, new.map) if change.table in new.tables]
    gained: list[Marked] = []
    for piece in _pieces(found, new):
        scores = _gained(piece, old, new)
        if scores:
            gained += [Marked(change, scores, leads=change is piece[0]) for change in piece]
    gained.sort(key=lambda marked: -marked.gained.get("health", 0.0))
    seen = {id(marked.change) for marked in gained}
    raised = _unproven(found, old, new.settings)
    others = [Marked(change, is_unproven=id(change) in raised) for change in found if id(change) not in seen]
    return [*gained, *sorted(others, key=lambda marked: not marked.is_unproven)]


# -- what was removed --------------------------------------------------------------------------------------------------


def _pieces(found: Sequence[Change], new: Judgement) -> list[list[Change]]:
    """The removals among changes, by piece: rows that are gone, then those that lost a cell; the last piece may be many."""
    gone = {
        key(change.old.name)
        for change in found
        if change.table == "contacts" and change.kind == "removed" and change.old.name
    }
    gone -= new.contacts.keys()
    pieces: dict[object, list[Change]] = {}
    for change in sorted((one for one in found if one.is_removal), key=lambda one: one.kind != "removed"):
        about = getattr(change.rows[0], "name" if change.table == "contacts" else "contact", None)
        if about and key(about) in gone:
            piece: object = key(about)
        elif change.table == "competition":
            piece = change.table
        else:
            piece = (change.table, change.row, change.field if not change.row else "")
        pieces.setdefault(piece, []).append(change)
    held = list(pieces.values())
    if len(held) > MOST_PIECES:
        held[MOST_PIECES - 1 :] = [[change for piece in held[MOST_PIECES - 1 :] for change in piece]]
    return held


def _gained(piece: Sequence[Change], old: WarMap, new: Judgement) -> dict[str, float]:
    """The scores that are higher without a piece than with it."""
    with_it = Judgement(_put_back(piece, old, new.map), new.settings, new.tables)
    found = {}
    for code in MAIN_SCORES:
        without, had = new.scores[code], with_it.scores[code]
        if isinstance(without, float | int) and isinstance(had, float | int) and without - had > NOISE:
            found[code] = float(without - had)
    return found


def _put_back(piece: Sequence[Change], old: WarMap, new: WarMap) -> WarMap:
    """The newer map with what these changes took out of it, each where it stood."""
    tables: dict[str, Any] = {}
    done: set[int] = set()
    for change in piece:
        before, after = change.rows
        held = tables.get(change.table, getattr(new, change.table))
        if change.row and id(before) in done:  # of one row several cells may be gone
            continue
        done.add(id(before))
        if not isinstance(held, list):
            attribute = change.field.partition(".")[0]
            restored = _restored(getattr(before, attribute), getattr(held, attribute))
            tables[change.table] = held.model_copy(update={attribute: restored})
        elif any(row is after for row in held):
            tables[change.table] = [_restored(before, row) if row is after else row for row in held]
        else:  # gone, or a stage line that nobody answers any more
            stood = next(place for place, row in enumerate(getattr(old, change.table)) if row is before)
            tables[change.table] = [*held[:stood], before, *held[stood:]]
    return new.model_copy(update=tables)


def _restored(before: Any, after: Any) -> Any:
    """A value with everything put back that is missing in it; what is there stays."""
    if after is None or after == "":
        return before
    if isinstance(after, Model):
        return after.model_copy(
            update={name: _restored(value, getattr(after, name)) for name, value in vars(before).items()}
        )
    if isinstance(after, dict):
        return {**after, **{name: _restored(value, after.get(name)) for name, value in before.items()}}
    if isinstance(after, frozenset):
        return after | before
    if isinstance(after, list) and not all(item in before for item in after):
        return [*after, *(item for item in before if item not in after)]
    return before if isinstance(after, list) else after


# -- what was raised without new evidence ------------------------------------------------------------------------------


def _unproven(found: Sequence[Change], old: WarMap, settings: Settings) -> set[int]:
    """The changes that raise a support, a rating or a win status with no new evidence beside it, by identity."""
    ratings = current_ratings(Assessment(old, settings))
    return {id(change) for change in found if any(_raises(change, ratings)) and not _is_backed(change)}


Ratings = Mapping[str, Mapping[TrustPillar, Trust]]


def _raises(change: Change, ratings: Ratings) -> Iterator[bool]:
    """For each judgement in it whether it is higher than before; a blank is lower than any."""
    if change.kind == "removed":
        return
    table, group, new = change.table, change.field.partition(".")[0], change.new
    if change.kind == "changed":
        if group == "support" and isinstance(new, Support):
            yield new.score > (change.old.score if change.old else 0)
        elif group == "ratings" and change.field.endswith(".rating") and new is not None:
            yield change.old is None or new > change.old
        elif group == "statuses":
            yield _worth(new) > _worth(change.old)
    elif table == "trust":
        earlier = ratings.get(key(new.contact or ""), {})
        for pillar, judged in new.ratings.items():
            if judged.rating is not None:
                before = earlier[pillar].ratings[pillar].rating if pillar in earlier else None
                yield before is None or judged.rating > before
    elif table == "wins":
        yield from (_worth(status) > 0 for status in new.statuses.values())


def _worth(status: WinStatus | None) -> int:
    """What a status makes of the win score: leaving a criterion out counts as high as meeting it."""
    return {WinStatus.IDENTIFIED: 1, WinStatus.MET: 2, WinStatus.NOT_APPLICABLE: 2}.get(status, 0) if status else 0


def _is_backed(change: Change) -> bool:
    """Whether the row brings a text, a day or a better grade of evidence that it did not have before."""
    before, after = change.rows

    def is_new(name: str) -> bool:
        told = getattr(after, name, None)
        return told is not None and told != getattr(before, name, None) and not is_placeholder(str(told))

    return is_new("evidence") or is_new("assessed_on") or any(was < now for was, now in _grades(change))


def _grades(change: Change) -> Iterator[tuple[int, int]]:
    """Before and after, how good the grades of evidence are that bear on a change; 0 is none."""
    before, after = change.rows
    if change.table != "trust":
        yield _place(before), _place(after)
        return
    for pillar, judged in after.ratings.items():
        if change.field in ("", f"ratings.{pillar}.rating"):
            yield _place(before and before.ratings.get(pillar)), _place(judged)


def _place(graded: Any) -> int:
    grade: EvidenceGrade | None = getattr(graded, "evidence_grade", None)
    return grade.place if grade is not None else 0
