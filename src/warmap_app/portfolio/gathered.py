"""All that was read for a portfolio: the one of all deals is made of it, and those of some."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from warmap.periods import Calendar, QuotaLine
from warmap.settings import Settings
from warmap.text import Text
from warmap_app.portfolio.baseline import Behind
from warmap_app.portfolio.chosen import Chosen
from warmap_app.portfolio.deals import Deal, LeftOut
from warmap_app.portfolio.forecast import Portfolio, portfolio_of
from warmap_app.portfolio.trend import trend_of
from warmap_app.store.records import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The deals and what is not counted, by what they were judged, quotas and rates, and the days of a store if one was named."""

    files: int
    deals: Sequence[Deal]
    left_out: Sequence[LeftOut]
    settings: Settings
    judged_by: Text
    quotas: Mapping[str, Decimal]
    quota_lines: Sequence[QuotaLine] = ()
    calendar: Calendar | None = None
    rates: Sequence[str] = ()
    moments: Sequence[Moment] | None = None
    read_from: str = ""
    behind: Behind | None = None

    def of_team(self, team: str, deals: Sequence[Deal]) -> Portfolio:
        """The portfolio of one team among these deals; a quota of all is not the team's."""
        return replace(self, deals=deals, quotas={}).portfolio(Chosen(team=(team,)))

    def portfolio(self, chosen: Chosen) -> Portfolio:
        """The portfolio of these deals, all where nothing is chosen."""
        deals, left_out, lines = self.deals, self.left_out, self.quota_lines
        said = None
        if chosen:
            deals, left_out, lines = chosen.of_deals(deals), chosen.of_left_out(left_out), chosen.of_quotas(lines)
            said = chosen.said(len(self.deals), len(deals), len(self.left_out), len(left_out))
        found = portfolio_of(
            self.files, deals, left_out, self.settings, self.quotas, self.judged_by, self.calendar, lines
        )
        found = replace(found, rates=self.rates, chosen=said, read_from=self.read_from)
        if self.moments is not None:
            found = replace(found, trend=trend_of(found.lines, found.closed, self.moments, self.settings))
        return found if self.behind is None else self.behind.told_by(found, self.deals, self.left_out, chosen)
