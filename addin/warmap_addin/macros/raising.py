"""What would raise a score: what the functions themselves say is missing, the most telling first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from warmap.text import Text
from warmap.worksheet import FUNCTIONS
from warmap.worksheet.judgement import NOT_DONE
from warmap.worksheet.this_week import Week
from warmap_addin.macros.open_book import Opened
from warmap_addin.macros.wording import fill

MOST = 5
OF = Text("{what}：{missing}", "{what}: {missing}")
POINTS = Text("{what}（{points} 分）", "{what} ({points} points)")
RATE = Text("给{who}的信任打分", "Rate the trust of {who}")
WEAKEST = Text("{pillar}：最弱的是{who}", "{pillar}: {who} is weakest")
NEED_FIRST = 5  # the shares stand in the first rows, the needs below


def raises(opened: Opened, code: str) -> list[str]:
    """At most five ways to raise a score, in words; none for what is no more than a class."""
    ways = _WAYS.get(code)
    return [] if ways is None else list(ways(opened))[:MOST]


def _rows(opened: Opened, name: str) -> list[list[object]]:
    rows = FUNCTIONS[name].compute(opened.call)
    assert not isinstance(rows, str | float | None)
    return [list(row) for row in rows]


def _roles(opened: Opened) -> Iterator[str]:
    for role, _, _, _, _, missing in _rows(opened, "ROLE_STATUS"):
        if missing:
            yield fill(OF, opened.lang, what=role, missing=missing)


def _trust(opened: Opened) -> Iterator[str]:
    judgement = opened.judgement
    unrated = [contact for contact in judgement.active if judgement.trust_of(contact).score is None]
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
    for stage, criterion, done, _ in _rows(opened, "STAGE_GATE"):
        if done == NOT_DONE:
            yield fill(OF, opened.lang, what=stage, missing=criterion)


def _needs(opened: Opened) -> Iterator[str]:
    for what, _, _, missing in _rows(opened, "NEEDS")[:NEED_FIRST]:
        if missing:
            yield fill(OF, opened.lang, what=what, missing=missing)


def _competition(opened: Opened) -> Iterator[str]:
    for criterion, _, _, rival, lead in _rows(opened, "COMPETITION"):
        if isinstance(lead, str) and lead.startswith("▼"):
            yield fill(OF, opened.lang, what=criterion, missing=f"{lead} ({rival})")


def _negotiation(opened: Opened) -> Iterator[str]:
    for what, _, missing in _rows(opened, "NEGOTIATION"):
        if missing:
            yield fill(OF, opened.lang, what=what, missing=missing)


def _health(opened: Opened) -> Iterator[str]:
    for what, points in _rows(opened, "HEALTH_WHY"):
        if isinstance(points, float) and points > 0:
            yield fill(POINTS, opened.lang, what=what, points=f"+{points:.3g}")


def _plan(opened: Opened) -> Iterator[str]:
    for line in Week(opened.call).lines():
        yield line.what


_WAYS: Mapping[str, Callable[[Opened], Iterator[str]]] = {
    "role_coverage": _roles, "trust": _trust, "trust_assessed_share": _trust, "win": _wins, "quadrant": _wins,
    "stage": _stages, "stage_reached": _stages, "needs": _needs, "competition": _competition,
    "position": _competition, "negotiation": _negotiation, "health": _health, "band": _health,
    "weakest_link": _health, "health_assessed_share": _health, "plan_quality": _plan,
}  # fmt: skip
