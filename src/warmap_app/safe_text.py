"""Text from workbooks as it may be shown: whatever stands in a submitted file, it steers no terminal and no reader."""

import json
import re

# Control characters, marks that turn the direction of writing, halves of characters, and what XML has no room for.
UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)

MASK = "***"
# Bounded, because it is looked for in foreign text: a scheme, a colon, slashes, and all that is not white space; or
# without a slash what looks like a user and a password.
ADDRESS = re.compile(
    r"\b([A-Za-z][A-Za-z0-9+.-]{1,20}:)(?:(/{1,3})([^\s'\"<>]{1,4096})|[^\s'\"<>/:@]{1,200}:[^\s'\"<>@]{1,200}@)"
)
BEHIND_THE_PATH = re.compile("[?#]")


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


def shown_address(words: object) -> str:
    """A text in which every address has lost its user, its password, and what stands behind `?` and `#`.

    Signatures (X-Amz-Signature, sig=, token=) are passwords too, and no list of their names is ever complete.
    """
    return ADDRESS.sub(
        lambda found: found[1] + (found[2] + _bare(found[1], found[3]) if found[2] else f"{MASK}@"), str(words)
    )


def _bare(scheme: str, rest: str) -> str:
    """What follows the scheme, without secrets: the last @ of the first part ends the user, as every client reads it.

    Of the web and of the stores a user alone may be a token; of a database it is a name.
    """
    path = BEHIND_THE_PATH.split(rest, maxsplit=1)[0]
    place, slash, inside = path.partition("/")
    user, _, host = place.rpartition("@")
    if not user and "@" in inside and ":" in place:  # a password with a slash in it
        return f"{MASK}@{inside.rpartition('@')[2]}"
    is_name = user.endswith(f":{MASK}") or (scheme.startswith("postgres") and ":" not in user)
    return (f"{user if is_name else MASK}@" if user else "") + host + slash + inside
