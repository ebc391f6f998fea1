"""The functions in spreadsheet programs: built, installed and diagnosed for each host, and the macros behind the buttons."""

from __future__ import annotations

from warmap.text import Text


class CannotDo(Exception):
    """What was asked for cannot be done here; `words` say why, and what the user can do about it."""

    def __init__(self, words: Text) -> None:
        super().__init__(words.en)
        self.words = words


def in_full(text: Text, **facts: object) -> Text:
    """A text filled with facts as they are: a path or a program's last words lose their point when cut like a quote."""
    zh, en = (
        {name: fact.to(lang) if isinstance(fact, Text) else fact for name, fact in facts.items()}
        for lang in ("zh", "en")
    )
    return Text(text.zh.format(**zh), text.en.format(**en))
