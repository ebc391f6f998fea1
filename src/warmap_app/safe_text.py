"""Text from workbooks as it may be shown: whatever stands in a submitted file, it steers no terminal and no reader."""

import json
import re

# Control characters, marks that turn the direction of writing, halves of characters, and what XML has no room for.
UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def shown(words: object, most: int | None = None) -> str:
    """Text from a workbook without control and direction-changing characters, cut at `most` characters.

    A terminal would obey an escape sequence, and after a right-to-left override `xslx.exe` reads as `exe.xlsx`.
    """
    text = UNSHOWABLE.sub("", str(words))
    return text if most is None or len(text) <= most else text[: most - 1] + "…"


def one_line(words: object, most: int | None = None) -> str:
    """The same without line breaks."""
    return shown(" ".join(str(words).split()), most)


def as_json(value: object, *, indent: int | None = None) -> str:
    """The value as JSON; what may not be shown is written as an escape, which says the same and steers no terminal."""
    separators = (",", ":") if indent is None else None
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
    if text.replace("\n", "").isprintable():
        return text
    return UNSHOWABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
