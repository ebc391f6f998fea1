"""The lines that stand beside the figures: how many files, which days, what may change, and how it is computed."""

from __future__ import annotations

from collections.abc import Iterator

from warmap.terms import ProcurementStage
from warmap.text import Lang
from warmap_app.portfolio import words
from warmap_app.portfolio.figures import Portfolio


def notes(portfolio: Portfolio, lang: Lang) -> list[str]:
    """What the reader must know before the figures."""
    return list(_notes(portfolio, lang))


def _notes(portfolio: Portfolio, lang: Lang) -> Iterator[str]:
    left = len(portfolio.left_out)
    facts = {"files": portfolio.files, "deals": len(portfolio.lines), "left": left}
    yield (words.COUNTED if left else words.ALL_COUNTED).say(lang, facts)
    if portfolio.read_from:
        yield words.FROM_STORE.say(lang, {"store": portfolio.read_from})
    days = portfolio.days()
    if days:
        yield (words.ONE_DAY if len(days) == 1 else words.DAYS).say(lang, {"first": days[0], "last": days[-1]})
    deals = [line.deal for line in portfolio.lines]
    counts = (
        (words.NO_DAY, sum(deal.as_of is None for deal in deals)),
        (words.DID_NOT_PASS, sum(not deal.passed for deal in deals)),
        (words.OWN_ODDS, sum(deal.own_odds for deal in deals)),
    )
    yield from (text.say(lang, {"count": count}) for text, count in counts if count)
    if portfolio.trend is not None and portfolio.trend.other_settings:
        yield words.JUDGED_OTHERWISE.say(lang, {"count": portfolio.trend.other_settings})
    if len(portfolio.currencies) > 1:
        yield words.OTHER_CURRENCIES.to(lang)


def how(portfolio: Portfolio, lang: Lang) -> list[str]:
    """How the figures are computed, with the probabilities used."""
    odds = [f"{stage.label.to(lang)} {portfolio.odds[stage.value]:.0%}" for stage in ProcurementStage]
    lines = [line.to(lang) for line in words.HOW_LINES]
    return [*lines, words.ODDS.say(lang, {"odds": odds}), words.WEIGHTED_NOTE.to(lang)]
