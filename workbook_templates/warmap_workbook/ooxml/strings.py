"""Text as spreadsheet parts store it: escapes, rich text, and the table of shared strings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import XML, Element, ParseError

from .limits import Limits
from .plaintext import NOT_XML, NotPlain, text_of
from .unreadable import Reason, Unreadable
from .xmlpart import MAIN_NAMESPACES, check_xml, local_name, main_prefix, namespace, parse_checked

_ESCAPE = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_FIRST, _LAST = b"<si>", b"</si>"
_PHONETIC = re.compile(r"<phoneticPr[^<>]*/>")  # how a reading aid would look; Excel in Chinese writes one a string
_ESCAPE_LENGTH = len("_x000D_")
_MOST_NUMBERS = 1 << 16


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
    check_xml(data, part, limits)
    texts = _plain_strings(data)
    if texts is None:
        texts = _strings(parse_checked(data, part), part)
    longest = max(map(len, texts), default=0)
    if longest > limits.text_length:
        found = next(len(text) for text in texts if len(text) > limits.text_length)
        raise Unreadable(Reason.text_too_long, {"part": part, "limit": limits.text_length, "found": found})
    return dict(zip(_INDEXES.words(len(texts)), texts, strict=False))


class Numbered:
    """Words with the numbers from 0 on in them; kept, for every book needs them."""

    def __init__(self, before: str, after: str) -> None:
        self._before, self._after = before, after
        self._words: list[str] = []

    def words(self, count: int) -> Sequence[str]:
        """So many of them, or more."""
        missing = [f"{self._before}{number}{self._after}" for number in range(len(self._words), count)]
        if count > _MOST_NUMBERS:
            return self._words + missing
        self._words += missing
        return self._words


_INDEXES = Numbered("", "")


def _strings(root: Element, part: str) -> list[str]:
    prefix = main_prefix(root, part)
    item, text = prefix + "si", prefix + "t"
    strings: list[str] = []
    for holder in root:
        if holder.tag != item:
            continue
        if len(holder) == 1 and (only := holder[0]).tag == text:
            strings.append(unescape(only.text or ""))
        else:
            strings.append(rich_text(holder, prefix))
    return strings


def _plain_strings(data: bytes) -> list[str] | None:
    """The strings of a part that holds nothing but plain ones, as most programs write them; None for any other."""
    start, end = data.find(_FIRST), data.rfind(_LAST)
    if not 0 <= start < end or len(data.translate(None, NOT_XML)) != len(data):
        return None
    try:
        root = parse_checked(data[:start] + data[end + len(_LAST) :], "")
        inside = data[start : end + len(_LAST)].decode("utf-8")
    except (Unreadable, UnicodeDecodeError):
        return None
    if local_name(root.tag) != "sst" or namespace(root) not in MAIN_NAMESPACES or len(root):
        return None
    head, *runs = inside.replace('<t xml:space="preserve">', "<t>").split("<rPr>")
    parts = [run.partition("</rPr>") for run in runs]
    try:
        for look in {look for look, _, _ in parts}:
            XML(f"<rPr>{look}</rPr>")
        plain = head + "".join([text for _, _, text in parts])
        for look in set(_PHONETIC.findall(plain)):
            XML(look)
            plain = plain.replace(look, "")
        return _texts(plain)
    except (NotPlain, ParseError):
        return None


def _texts(items: str) -> list[str]:
    texts = items[len("<si><t>") : -len("</t></si>")].split("</t></si><si><t>")
    if (
        items.startswith("<si><t>")
        and items.endswith("</t></si>")
        and items.count("<") == items.count(">") == 4 * len(texts)
    ):
        return [unescape(text_of(text)) if "&" in text or "_x" in text else text for text in texts]
    return [unescape(_plain_item(item)) for item in items[len("<si>") : -len("</si>")].split("</si><si>")]


def _plain_item(item: str) -> str:
    """The text of an `si` of one text, or of runs."""
    if item.startswith("<t>") and item.endswith("</t>"):
        return text_of(item[3:-4])
    if item.startswith("<r><t>") and item.endswith("</t></r>"):
        return "".join([text_of(text) for text in item[6:-8].split("</t></r><r><t>")])
    raise NotPlain
