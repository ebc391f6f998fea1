"""What the reasons of several scores say alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from warmap.judgement import Judgement
from warmap.text import COMMA, Lang, Text

MOST_NAMED = 5
MORE = Text("{names}等 {count} 项", "{names} and more, {count} in all")


class Reason(NamedTuple):
    """One map's reasons in one language."""

    judgement: Judgement
    lang: Lang

    def say(self, text: Text, **facts: object) -> str:
        """A text with its facts, in the language asked for."""
        return text.say(self.lang, facts)

    def join(self, *sentences: str) -> str:
        """Sentences one after another."""
        return ("" if self.lang == "zh" else " ").join(sentence for sentence in sentences if sentence)

    def names(self, items: Iterable[object]) -> str:
        """A list of names, cut where it is long."""
        said = [label.to(self.lang) if (label := getattr(item, "label", None)) else str(item) for item in items]
        comma = COMMA.to(self.lang)
        if len(said) <= MOST_NAMED:
            return comma.join(said)
        return self.say(MORE, names=comma.join(said[:MOST_NAMED]), count=len(said))


def percent(share: float | None) -> str:
    """0 … 1 as a percentage; a dash where it is not assessed."""
    return "–" if share is None else f"{share:.0%}"


def figures(values: Mapping[str, object]) -> Mapping[str, object]:
    """Facts with their numbers cut to one decimal."""
    return {name: f"{value:.1f}" if isinstance(value, float) else value for name, value in values.items()}
