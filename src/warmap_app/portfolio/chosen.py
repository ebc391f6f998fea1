"""Some of the deals: those of teams, reps, bands, or with a red flag open; said wherever their totals are shown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from warmap.names import key
from warmap.periods import QuotaLine
from warmap.rules import all_rules
from warmap.terms import HealthBand, term_for
from warmap.text import COLON, COMMA, SEMICOLON, Text, joined
from warmap_app.command import UserError
from warmap_app.portfolio.deals import BLANKS, Deal, LeftOut
from warmap_app.portfolio.moves import Stand
from warmap_app.portfolio.report_text import BAND, BLANK, FLAG_OPEN, REP, TEAM

ONLY = Text(
    "只看：{what}。{deals} 个商机里显示 {shown} 个，未计入的 {all_left} 份里显示 {left} 份；所有合计都只是所显示商机的。",
    "Shown only: {what}. Deals: {shown} of {deals}; not counted: {left} of {all_left}. All totals are of the deals shown.",
)
NOBODY = Text("没有这样的{what}：“{name}”；有：{names}", "no {what} is called “{name}”; there are: {names}")
NO_BAND = Text("“{name}”不是分档；可用：{names}", "“{name}” is no band; use one of: {names}")
NO_CODE = Text("没有红旗“{name}”；运行 warmap rule 看全部", "there is no red flag “{name}”; run `warmap rule` for all")
MOST_NAMED = 12
WHOSE = {"team": Text("团队", "team"), "rep": Text("销售", "rep")}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was asked for, in the words of who asks; of one kind any will do, of several kinds all must hold."""

    team: Sequence[str] = ()
    rep: Sequence[str] = ()
    band: Sequence[HealthBand] = ()
    code: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.team or self.rep or self.band or self.code)

    @property
    def is_of_people(self) -> bool:
        """Only teams and reps are chosen, who may have a quota."""
        return not (self.band or self.code)

    def of_deals(self, deals: Iterable[Deal]) -> list[Deal]:
        """The deals that are shown; a flag is of those in the pipeline."""
        return [
            deal
            for deal in deals
            if self.is_of(deal)
            and (not self.band or deal.band in self.band)
            and (not self.code or any(risk.code in self.code for risk in deal.risks))
        ]

    def of_left_out(self, left_out: Iterable[LeftOut]) -> list[LeftOut]:
        """What is not counted, of these teams and reps; it has no band and no flag."""
        return [one for one in left_out if self.is_of_people and self.is_of(one)]

    def of_quotas(self, lines: Iterable[QuotaLine]) -> list[QuotaLine]:
        """The quotas of these teams and reps."""
        return [line for line in lines if self.is_of(line)]

    def is_of(self, one: Deal | LeftOut | QuotaLine | Stand) -> bool:
        """Whether it is of one of these teams and of one of these reps."""
        return all(not names or _key(getattr(one, whose)) in set(map(_key, names)) for whose, names in self._people())

    def _people(self) -> Iterable[tuple[str, Sequence[str]]]:
        return ("team", self.team), ("rep", self.rep)

    def refuse_unknown(self, deals: Sequence[Deal], left_out: Sequence[LeftOut]) -> None:
        """UserError for a team or a rep that no deal has."""
        for whose, names in self._people():
            known = {_key(name): name for one in (*deals, *left_out) if (name := str(getattr(one, whose)))}
            for name in names:
                if _key(name) and _key(name) not in known:
                    shown = sorted(known.values())[:MOST_NAMED] + ["…"] * (len(known) > MOST_NAMED)
                    raise UserError(NOBODY.filled(what=WHOSE[whose], name=name, names=joined(shown or ["–"])))

    def said(self, deals: int, shown: int, all_left: int, left: int) -> Text:
        """Which deals are shown, and of how many."""
        given: Mapping[Text, Sequence[Text]] = {
            TEAM: [_named(name) for name in self.team],
            REP: [_named(name) for name in self.rep],
            BAND: [band.label for band in self.band],
            FLAG_OPEN: [Text(code, code) for code in self.code],
        }
        parts = [joined([head, joined(names)], COLON) for head, names in given.items() if names]
        return ONLY.filled(what=joined(parts, SEMICOLON), deals=deals, shown=shown, all_left=all_left, left=left)


def chosen_of(given: Mapping[str, Sequence[str] | None]) -> Chosen:
    """What the options ask for, by their names. UserError for a band or a red flag that there is not."""

    def each(name: str, known: Callable[[str], object], refusal: Text) -> list[object]:
        found = [(text, known(text)) for text in given.get(name) or ()]
        for text, one in found:
            if one is None:
                raise UserError(refusal.filled(name=text, names=joined([band.label for band in HealthBand], COMMA)))
        return [one for _, one in found]

    codes = {key(code): code for code in all_rules()}
    bands = [
        band for band in each("band", lambda text: term_for(HealthBand, text), NO_BAND) if isinstance(band, HealthBand)
    ]
    flags = [code for code in each("code", lambda text: codes.get(key(text)), NO_CODE) if isinstance(code, str)]
    return Chosen(tuple(given.get("team") or ()), tuple(given.get("rep") or ()), tuple(bands), tuple(flags))


def _key(name: str) -> str:
    """A name as it is compared; our own word for a blank is a blank."""
    found = key(name)
    return "" if found in BLANKS else found


def _named(name: str) -> Text:
    return Text(name, name) if _key(name) else BLANK
