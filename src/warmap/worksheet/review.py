"""REVIEW: the reviewer's figure beside ours, the gap shown and never averaged away. Ours, beyond the specification's list."""

from __future__ import annotations

from functools import cache

from warmap.judgement import Judgement
from warmap.layout import placements
from warmap.model import Review
from warmap.parsing.headers import TablePlace
from warmap.terms import key
from warmap.text import Text
from warmap.worksheet.declaration import ALL_TABLES, LANG, ROWS, SETTINGS, Call, Function, Rows, Scalar, table_arguments
from warmap.worksheet.overview import SCORES_BY_CODE, score_values

TRUST_OF = Text("{who}的信任", "Trust of {who}")
NOT_KNOWN = Text("既不是得分也不是关键人", "neither a score nor a contact")
NOT_ASSESSED = Text("我方未评估", "not assessed by us")


@cache
def _codes() -> dict[str, str]:
    """The code of a score by each of its names."""
    named = ((code, (code, key(label.zh), key(label.en))) for code, (label, _) in SCORES_BY_CODE.items())
    return {name: code for code, names in named for name in names}


def our_figure(judgement: Judgement, subject: str) -> tuple[Text | None, object]:
    """What a review's subject is called and what we make of it: a score by its code or name, or a contact's trust."""
    code = _codes().get(key(subject))
    if code is not None:
        return SCORES_BY_CODE[code][0], score_values(judgement)[code]
    contact = judgement.contacts.get(key(subject))
    if contact is None:
        return None, None
    words = {"who": contact.name}
    return TRUST_OF.filled(**words), judgement.trust_of(contact).score


def line(call: Call, review: Review) -> list[Scalar]:
    """Subject, our figure (a label for what is no number), and the reviewer's figure less ours."""
    if not (review.subject or "").strip():
        return ["", "", ""]
    name, ours = our_figure(call.judgement, review.subject or "")
    if name is None:
        return [NOT_KNOWN.to(call.lang), "", ""]
    label = getattr(ours, "label", None)
    if isinstance(label, Text):
        return [name.to(call.lang), label.to(call.lang), ""]
    if not isinstance(ours, int | float):
        return [name.to(call.lang), NOT_ASSESSED.to(call.lang), ""]
    gap = "" if review.score is None else review.score - ours
    return [name.to(call.lang), float(ours), gap]


def review(call: Call) -> Rows:
    """One row for each row of the Review sheet, at its place."""
    reviews = call.judgement.map.reviews
    place = (call.places or {}).get("reviews")
    rows = list(range(len(reviews)))
    if isinstance(place, TablePlace):
        top = placements()["reviews"].header_row + 1
        rows = [row - top for row in place.rows] if min(place.rows, default=top) >= top else rows
    lines: list[list[Scalar]] = [["", "", ""] for _ in range(max(rows, default=-1) + 1)]
    for row, one in zip(rows, reviews, strict=True):
        lines[row] = line(call, one)
    return lines


REVIEW = Function(
    "REVIEW",
    Text("复核人的判断与我方的并列，差多少", "The reviewer's figure beside ours, and the gap"),
    (*table_arguments(*ALL_TABLES, required=2), SETTINGS, LANG, ROWS),
    Text("复核表每行一行：对象、我方数值、差距", "One row for each review: subject, our figure, gap"),
    review,
    "=WARMAP.REVIEW(wm_deal,wm_contacts,wm_trust,wm_wins)",
    (Text("复核的是", "Reviewed"), Text("我方数值", "Our figure"), Text("差距（复核 − 我方）", "Gap (review − ours)")),
)
