"""What a score declares about itself: its words, its formula, what computes it, and what says why it is what it is."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from warmap.flags import Flag
from warmap.scores.assessment import Assessment
from warmap.terms import Term
from warmap.text import COMMA, LANGUAGES, Lang, Text, percent, spoken, tenths

Value: TypeAlias = float | Term | None
"""Of a score: a number or a word of the trade; None is not assessed."""

MOST_NAMED = 5
NOT_ASSESSED = Text("未评估", "not assessed")
MORE = Text("{names}等 {count} 项", "{names} and more, {count} in all")


class Flagged(Assessment, ABC):
    """An assessment whose flags have been raised: what the scores about the whole deal stand on."""

    @property
    @abstractmethod
    def flags(self) -> Sequence[Flag]:
        """Every red flag."""


class Kind(Enum):
    """What kind of value a score is: a share is 0 … 1, points are −5 … 100, money is in the deal's currency."""

    SHARE = "share"
    POINTS = "points"
    COUNT = "count"
    MONEY = "money"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Score:
    """One figure of the evaluated map (specification, sections 3 and 6).

    `place` orders the scores: that of a new one is above all others, for workbooks in use count the rows of SCORES.
    `compute` takes an `Assessment`, or a `Flagged` where flags count. `why` gives the sentences that say why the score
    is what it is; of one not assessed, what it lacks. `terms` is the picklist that people read the value of a word by
    (None: its code is what they read, as a tier's letter).
    """

    code: str
    place: int
    name: Text
    unit: Text
    help: Text
    formula: Text
    kind: Kind
    compute: Callable[[Flagged], Value]
    why: Callable[[Flagged], Iterator[Text]]
    terms: type[Term] | None = None

    def shown(self, value: object, lang: Lang) -> str:
        """A value as people read it, whole or to one decimal; a word may come as its code, as JSON has it."""
        if value is None:
            return NOT_ASSESSED.to(lang)
        if self.kind is Kind.WORD:
            return next((term.label.to(lang) for term in self.terms or () if term.value == value), str(value))
        assert isinstance(value, int | float)
        if self.kind is Kind.SHARE:
            return percent(value)
        return tenths(value) if self.kind is Kind.POINTS else f"{value:,.{2 if self.kind is Kind.MONEY else 0}f}"

    @property
    def scale(self) -> Text:
        """The unit of a value as it is shown: shares are read as percentages."""
        return Text(*(unit.replace("0–1", "0–100%", 1) for unit in self.unit)) if self.kind is Kind.SHARE else self.unit

    def reason(self, judged: Flagged, lang: Lang) -> str:
        """Why it is what it is, in one or two sentences."""
        return ("" if lang == "zh" else " ").join(sentence.to(lang) for sentence in self.why(judged))


def listed(items: Iterable[object]) -> Text:
    """A list of names or terms as a sentence quotes it, cut where it is long."""
    named = list(items)
    said = Text(*(COMMA.to(lang).join(spoken(item, lang) for item in named[:MOST_NAMED]) for lang in LANGUAGES))
    if len(named) > MOST_NAMED:
        said = MORE.filled(names=said, count=len(named))
    return Text(*(spoken(words, lang) for words, lang in zip(said, LANGUAGES, strict=True)))
