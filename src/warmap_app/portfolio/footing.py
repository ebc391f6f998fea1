"""What the figures stand on: files that failed, other settings, probable copies, rises by deleting, maps judged long ago.

Also the deals that the store knows and nobody has handed in any more.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from warmap.terms import Outcome, Term, term_for
from warmap.text import COMMA, Text, joined
from warmap_app.command import UserError
from warmap_app.portfolio.deals import Deal, LeftOut
from warmap_app.portfolio.figures import Closed, Line
from warmap_app.portfolio.moves import Stand, Sums
from warmap_app.portfolio.report_text import UNDATED

OLD_DAYS = 14
"""A map judged more days ago than this is old."""


class Doubt(Term):
    """What makes a figure of a deal doubtful."""

    FAILED = "failed", "未通过检查", "Check failed", "fail"
    SETTINGS = "settings", "另一组设置", "Other settings"
    COPIES = "copies", "疑似重复", "Probable copy", "copy"
    REMOVED = "removed", "靠删去升高", "Rose by removing"
    OLD = "old", "评估已久", "Judged long ago"


NO_DOUBT = Text("--without 不认“{name}”；可用：{names}", "--without does not take “{name}”; use one of: {names}")
LEFT_OUT_BY = Text("按 --without 不计入：{doubts}", "left out by --without: {doubts}")
MISSING = Text("没有交来", "not handed in")


def doubted(deals: Iterable[Deal], today: date) -> list[Deal]:
    """The deals, each with what is doubtful about it."""
    return [replace(deal, doubts=tuple(_doubts(deal, today))) for deal in deals]


def _doubts(deal: Deal, today: date) -> list[Doubt]:
    is_old = deal.own_as_of is None or (today - deal.own_as_of).days > OLD_DAYS
    holds = {
        Doubt.FAILED: not deal.passed, Doubt.SETTINGS: deal.own_settings or deal.by_others, Doubt.COPIES: deal.is_copy,
        Doubt.REMOVED: deal.gained > 0, Doubt.OLD: is_old,
    }  # fmt: skip
    return [doubt for doubt in Doubt if holds[doubt]]


def read_doubts(words: Sequence[str] | None) -> frozenset[Doubt]:
    """The kinds that `--without failed,copies` names. UserError."""
    found = set()
    for name in (
        part.strip() for text in words or () for part in text.replace("，", ",").replace("、", ",").split(",")
    ):
        doubt = term_for(Doubt, name)
        if doubt is None:
            raise UserError(NO_DOUBT.filled(name=name, names=joined([one.value for one in Doubt], COMMA)))
        found.add(doubt)
    return frozenset(found)


def left_out_by(
    deals: Iterable[Deal], without: frozenset[Doubt], say: Callable[[Text], str]
) -> tuple[list[Deal], list[LeftOut]]:
    """The deals that stay, and those that are left out because of what is doubtful about them."""
    stay, left = [], []
    for deal in deals:
        why = [doubt for doubt in deal.doubts if doubt in without]
        if why:
            said = LEFT_OUT_BY.filled(doubts=joined([doubt.label for doubt in why], COMMA))
            left.append(
                LeftOut(
                    deal.file, deal.account, deal.opportunity, say(said), "", team=deal.team, rep=deal.rep,
                    identity=deal.identity, kind="without",
                )
            )  # fmt: skip
        else:
            stay.append(deal)
    return stay, left


@dataclass(frozen=True, slots=True)
class Footing:
    """What of one currency stands on a doubt; `doubt` None: on any of them, or, where `is_sound`, on none."""

    doubt: Doubt | None
    currency: str
    deals: int
    amount: int
    claimed: int
    adjusted: int
    won: int
    is_sound: bool = False


def footing_of(lines: Sequence[Line], closed: Sequence[Closed], currencies: Iterable[str]) -> list[Footing]:
    """For each currency a row a doubt that some deal has, one for any, and one for the rest."""
    everything: list[Line | Closed] = [*lines, *closed]
    rows = []
    for currency in currencies:
        mine = [one for one in everything if one.currency == currency]
        by_doubt = ((doubt, [one for one in mine if doubt in one.deal.doubts]) for doubt in Doubt)
        rows += [_footing(doubt, currency, has) for doubt, has in by_doubt if has]
        rows.append(_footing(None, currency, [one for one in mine if one.deal.doubts]))
        rows.append(_footing(None, currency, [one for one in mine if not one.deal.doubts], is_sound=True))
    return rows


def _footing(doubt: Doubt | None, currency: str, mine: Sequence[Line | Closed], *, is_sound: bool = False) -> Footing:
    lines, closed = [one for one in mine if isinstance(one, Line)], [one for one in mine if isinstance(one, Closed)]
    return Footing(
        doubt, currency, len(mine), sum(line.amount for line in lines), sum(line.claimed for line in lines),
        sum(line.adjusted for line in lines), sum(one.won for one in closed), is_sound,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Aged:
    """A deal that was not handed in, or whose map is old; `days` is its age, and the money what it has in the figures.

    What was not handed in is in no figure: it shows what it would be by its last map.
    """

    why: Text
    account: str
    opportunity: str
    team: str
    rep: str
    as_of: date | None
    days: int | None
    currency: str
    sums: Sums
    file: str


def aged_of(
    lines: Sequence[Line], closed: Sequence[Closed], missing: Iterable[tuple[Stand, Sums]], today: date
) -> list[Aged]:
    """What was not handed in, then what was judged long ago, the oldest first; deals that are lost or shelved are over."""
    found = [
        _aged(MISSING, one, one.as_of, one.currency, sums, today)
        for one, sums in missing
        if one.outcome in {None, Outcome.OPEN, Outcome.WON}
    ]
    rows = [(line.deal, line.currency, Sums(line.amount, line.claimed, line.adjusted)) for line in lines]
    rows += [(one.deal, one.currency, Sums(won=one.won)) for one in closed if one.won]
    for deal, currency, sums in rows:
        if Doubt.OLD in deal.doubts:
            why = Doubt.OLD.label if deal.own_as_of else UNDATED
            found.append(_aged(why, deal, deal.own_as_of, currency, sums, today))
    return sorted(found, key=lambda one: (one.why != MISSING, -(one.days or 0), one.account, one.opportunity, one.file))


def _aged(why: Text, one: Stand | Deal, as_of: date | None, currency: str, sums: Sums, today: date) -> Aged:
    days = None if as_of is None else (today - as_of).days
    return Aged(why, one.account, one.opportunity, one.team, one.rep, as_of, days, currency, sums, one.file)
