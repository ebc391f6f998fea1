"""The moves since a day, added up: the bridge of every currency, and what moved the figures of each team and rep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from warmap_app.portfolio.moves import NO_MONEY, NOTHING, Move, Stand, Step, Sums


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A line of the bridge of one currency; `kind` is None in the last, which is what the figures are now."""

    kind: Move | None
    currency: str
    deals: int
    amount: int
    claimed: int
    adjusted: int
    won: int


@dataclass(frozen=True, slots=True)
class WhoseRow:
    """What moved one figure (`claimed` or `adjusted`) of a team or rep in one currency, by kind; `label` None: of all."""

    label: str | None
    currency: str
    figure: str
    moved: Mapping[Move, int]

    @property
    def now(self) -> int:
        """What the figure is now."""
        return sum(self.moved.values())


@dataclass(frozen=True, slots=True)
class Restated:
    """A deal whose figure of the day is another than the store told then, for a map of that day was kept later."""

    stand: Stand
    known: Sums | None
    stored: Sums


@dataclass(frozen=True, slots=True)
class Moves:
    """Everything that moved since a day. `steps` has what each deal starts from, too.

    `restated` are the deals of which a map for that day or before was kept after maps of later days; `rejudged` the names of
    those that other settings or another program had judged, `unjudged` of those of them that could not be judged anew.
    """

    since: date
    steps: Sequence[Step]
    restated: Sequence[Restated] = ()
    rejudged: Sequence[str] = ()
    unjudged: Sequence[str] = ()

    @property
    def kinds(self) -> list[Move]:
        """Those that moved money, in their order."""
        seen = {step.kind for step in self.steps} - NO_MONEY
        return [kind for kind in Move if kind in seen]

    @property
    def news(self) -> list[Step]:
        """What moved, the largest loss of the adjusted forecast first within each kind."""
        moved = [step for step in self.steps if step.kind is not Move.THEN]
        return sorted(moved, key=lambda one: (one.kind.place, one.sums.adjusted, one.whose.names, one.whose.file))

    def rows(self, deals: Mapping[str, int]) -> list[MoveRow]:
        """The bridge of every currency; `deals` are the numbers of deals in the pipeline now, in the currencies' order."""
        rows = []
        for currency in [*deals, *sorted({step.currency for step in self.steps} - {*deals, ""})]:
            mine = [step for step in self.steps if step.currency == currency]
            kinds = {step.kind for step in mine} | {Move.THEN}
            for kind in (one for one in Move if one in kinds):
                of_kind = [step for step in mine if step.kind is kind]
                rows.append(MoveRow(kind, currency, sum(one.deals for one in of_kind), *_added(of_kind)))
            rows.append(MoveRow(None, currency, deals.get(currency, 0), *_added(mine)))
        return rows

    def whose(self, dimension: str) -> list[WhoseRow]:
        """Claimed and adjusted of every team or rep, and last of all, by currency."""
        found: dict[tuple[str, str], list[Step]] = {}
        for step in (step for step in self.steps if step.kind not in NO_MONEY):
            found.setdefault((step.currency, getattr(step.whose, dimension)), []).append(step)
        rows = []
        for currency in dict.fromkeys(currency for currency, _ in found):
            mine = {label: steps for (one, label), steps in sorted(found.items()) if one == currency}
            everybody = [step for steps in mine.values() for step in steps]
            for label, steps in [*mine.items(), (None, everybody)]:
                rows += [
                    WhoseRow(label, currency, figure, self._moved(steps, figure)) for figure in ("claimed", "adjusted")
                ]
        return rows

    def _moved(self, steps: Sequence[Step], figure: str) -> dict[Move, int]:
        return {kind: sum(getattr(s.sums, figure) for s in steps if s.kind is kind) for kind in self.kinds}


def _added(steps: Sequence[Step]) -> Sums:
    return Sums(*(sum(column) for column in zip(*(step.sums for step in steps), strict=True))) if steps else NOTHING
