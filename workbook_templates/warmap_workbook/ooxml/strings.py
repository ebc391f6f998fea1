"""Text as spreadsheet parts store it: escapes, rich text, and the table of shared strings."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from .limits import Limits
from .unreadable import Reason, Unreadable
from .xmlpart import main_prefix, parse_xml

_ESCAPE = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_ESCAPE_LENGTH = len("_x000D_")


def unescape(text: str) -> str:
    """Text with `_x000D_` read as the character and `_x005F_` as '_', which is how Excel writes a literal `_x000D_`.

    An escape that is half of a surrogate pair, without the other half, stays as it is written.
    """
    return _ESCAPE.sub(_characters, text) if "_x" in text else text


def _characters(run: re.Match[str]) -> str:
    written = run[0]
    units = [written[at : at + _ESCAPE_LENGTH] for at in range(0, len(written), _ESCAPE_LENGTH)]
    raw = b"".join(int(unit[2:6], 16).to_bytes(2, "little") for unit in units)
    try:
        return raw.decode("utf-16-le")
    except UnicodeDecodeError:
        return "".join(_character(unit) for unit in units)


def _character(unit: str) -> str:
    code = int(unit[2:6], 16)
    return unit if 0xD800 <= code <= 0xDFFF else chr(code)


def rich_text(holder: Element, prefix: str) -> str:
    """Text of an `si` or `is`: its `t`, and the `t` of its runs. Phonetic runs (furigana) are no part of the value."""
    run, text = prefix + "r", prefix + "t"
    found: list[str] = []
    for child in holder:
        if child.tag == text:
            found.append(child.text or "")
        elif child.tag == run:
            found.extend(piece.text or "" for piece in child if piece.tag == text)
    return unescape("".join(found)) if found else ""


def shared_strings(data: bytes, part: str, limits: Limits) -> dict[str, str]:
    """Read the shared strings, by their index as cells write it: {'0': 'Account', '1': …}."""
    root = parse_xml(data, part, limits)
    prefix = main_prefix(root, part)
    texts = [rich_text(item, prefix) for item in root if item.tag == prefix + "si"]
    for text in texts:
        if len(text) > limits.text_length:
            raise Unreadable(Reason.text_too_long, {"part": part, "limit": limits.text_length, "found": len(text)})
    return {str(index): text for index, text in enumerate(texts)}
