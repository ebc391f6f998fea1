"""Text in both languages, side by side where the thing it names is defined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]
LONGEST_QUOTE = 200  # characters of an entry that a message quotes
LANGUAGES: tuple[Lang, Lang] = ("zh", "en")
NO_FACTS: Mapping[str, object] = {}


# A named tuple: texts are compared, hashed and made by the thousand (one a label, a message, a fact), and a tuple does
# all three in C.
class Text(NamedTuple):
    """A text in Chinese and in English; `say` fills its placeholders in braces."""

    zh: str
    en: str

    def to(self, lang: Lang) -> str:
        """The text in one language."""
        return self.zh if lang == "zh" else self.en

    def say(self, lang: Lang, facts: Mapping[str, object] | None = None) -> str:
        """The text with its placeholders filled; a fact that is a term or a Text comes in the same language."""
        words = self.to(lang)
        return words.format_map(_Spoken(facts, lang)) if facts and "{" in words else words

    def filled(self, **facts: object) -> Text:
        """The text with its placeholders filled in both languages."""
        return Text(self.say("zh", facts), self.say("en", facts))


class InWords(Exception):
    """An exception that people are told of: `words` say it in both languages."""

    def __init__(self, words: Text) -> None:
        super().__init__(words.en)
        self.words = words


class _Spoken:
    """Facts that are put into words when a text asks for them."""

    __slots__ = ("facts", "lang")

    def __init__(self, facts: Mapping[str, object], lang: Lang) -> None:
        self.facts, self.lang = facts, lang

    def __getitem__(self, name: str) -> str:
        return spoken(self.facts[name], self.lang)


COMMA = Text("、", ", ")  # between the items of a list
SEMICOLON, COLON = Text("；", "; "), Text("：", ": ")


def joined(parts: Iterable[Text | str], between: Text = COMMA) -> Text:
    """The parts one behind the other in each language; what is no Text is the same in both."""
    texts = [part if isinstance(part, Text) else Text(part, part) for part in parts]
    return Text(between.zh.join(text.zh for text in texts), between.en.join(text.en for text in texts))


def spoken(value: object, lang: Lang) -> str:
    """A fact as a reader of `lang` wants it: labels for terms, at most two decimals, ISO dates, long texts cut."""
    if type(value) is str:
        return value if len(value) <= LONGEST_QUOTE else value[: LONGEST_QUOTE - 1] + "…"
    label = getattr(value, "label", value)
    if isinstance(label, Text):
        return label.to(lang)
    if isinstance(value, bool):
        return (YES if value else NO).to(lang)
    if isinstance(value, float | Decimal):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return COMMA.to(lang).join(spoken(item, lang) for item in value)
    return spoken(str(value), lang)


def half_up(value: float, places: int) -> float:
    """Round as a spreadsheet does, half away from zero; Python's `round` goes to the even digit."""
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def percent(share: float | None) -> str:
    """0 … 1 as a percentage, rounded as the cells round it; a dash where it is not assessed."""
    return "–" if share is None else f"{half_up(share, 2):.0%}"


def tenths(value: float | None) -> str:
    """A figure with one decimal, rounded as the cells round it; a dash where it is not assessed."""
    return "–" if value is None else f"{half_up(value, 1):.1f}"


YES = Text("是", "Yes")
NO = Text("否", "No")


def width(text: str) -> int:
    """Width of a line in Latin letters; a Chinese one is as wide as two."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def clipped(text: str, room: int) -> str:
    """A text on one line, cut to a width."""
    line = " ".join(text.split())
    if width(line) <= room:
        return line
    while line and width(line) >= room:
        line = line[: min(len(line) - 1, room)]
    return line + "…"


def is_blank(text: str | None) -> bool:
    """Nothing is written: None, or only white space."""
    return text is None or not text.strip()
