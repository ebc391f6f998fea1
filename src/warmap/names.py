"""When two names are the same: one function decides for people, accounts, roles, labels, sheets, headers and files.

Specification, section 5, "What is the same name".
"""

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache

LONGEST_REMEMBERED = 64  # characters: names and labels are asked for again and again, long texts are not

# Unicode's Default_Ignorable_Code_Point, and the rest of category Cf: what a name gains in a copy from a chat or a PDF.
_UNSEEN = (
    "\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
UNSEEN = re.compile(f"[{_UNSEEN}]")
_TOLD = re.compile("[" + _UNSEEN.replace("\ufe00-\ufe0f", "") + "]")  # a variation selector is part of an emoji
_DROPPED = re.compile(f"[{_UNSEEN}\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_HAN = "\u2e80-\u2fd5\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SPACE_IN_HAN = re.compile(f"(?<=[{_HAN}]) (?=[{_HAN}])")
_SIGNS = {
    "'": "`´\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u055a\u05f3\u2018\u2019\u201b\u2032\u2035\ua78c\uff07",
    # ー lengthens a vowel and 〜 is no dash of a name: both stay
    "-": "\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2e3a\u2e3b\u2e40\ufe58\ufe63\uff0d",
    "\xb7": "\u0387\u2022\u2027\u2219\u22c5\u25cf\u25e6\u2981\u2e31\u2e33\u30fb\u318d\uff65",
    " ": "\u2800",  # Braille's blank, which people paste as a space that is not trimmed
}
_ONE_SIGN = str.maketrans({other: sign for sign, others in _SIGNS.items() for other in others})
_RARE = re.compile(f"[{_UNSEEN}\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f" + "".join(_SIGNS.values()) + "]")


def key(text: str) -> str:
    """What the spellings of one name or label share; two are the same where their keys are equal.

    Unicode NFKC without case or invisible characters; white space run together, and none between Han characters;
    apostrophes, hyphens, dashes and middle dots one sign each.
    """
    return _remembered_key(text) if len(text) <= LONGEST_REMEMBERED else _key(text)


def _key(text: str) -> str:
    if text.isascii():
        plain = text.casefold()
        if _RARE.search(plain):
            plain = _DROPPED.sub("", plain.translate(_ONE_SIGN))
        return " ".join(plain.split())
    # The signs first, for NFKC makes a space and a combining accent of ´; and once more, for it makes ′′ of ″.
    signs = text.translate(_ONE_SIGN) if _RARE.search(text) else text
    plain = unicodedata.normalize("NFKC", signs).casefold()
    if _RARE.search(plain):
        plain = _DROPPED.sub("", plain.translate(_ONE_SIGN))
    words = " ".join(unicodedata.normalize("NFKC", plain).split())
    return _SPACE_IN_HAN.sub("", words) if " " in words else words


_remembered_key = lru_cache(maxsize=4096)(_key)


def unspaced(plain: str) -> str:
    """What the copies of one text share, of its key: a copy gains and loses white space on its way."""
    return "".join(plain.split())


def file_key(name: str) -> str:
    """What the names of one file share: some file system ignores case and width, and none ignores spaces or dashes."""
    return unicodedata.normalize("NFKC", name).casefold()


def visible(text: str) -> str:
    """A text for people's eyes: what shows no sign of its own by its code, such as `[U+200B]`."""
    return text if text.isprintable() else _TOLD.sub(_code, text)


def _code(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"


# -- accounts: probably one, under two spellings -----------------------------------------------------------------------

_LEGAL_HAN = re.compile(r"(?:股份)?(?:有限)?(?:责任)?公司$|有限合伙$|集团$|股份$")
_LONGEST_LEGAL_HAN = len("股份有限责任公司")
LEGAL_FORMS = (
    "inc incorporated corp corporation co company ltd limited llc llp lp plc pte pty pvt private gmbh ag kg kgaa ohg ug mbh "
    "se sa sas sarl srl spa sl bv nv ab oy oyj as asa aps kk ooo zao oao jsc pjsc bhd sdn tbk pt cv group the and"
)
_LEGAL_WORDS = frozenset(LEGAL_FORMS.split())
_LETTERS = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)")  # S.A. and L.L.C. are one word each


@lru_cache(maxsize=4096)
def account_core(name: str) -> str:
    """What the spellings of one account probably share: its name without punctuation, white space and legal form.

    Empty where nothing else is left of it; it tells nothing then.
    """
    words = _LETTERS.findall(_DOTTED.sub("", key(name)))
    while len(words) > 1 and words[-1] in _LEGAL_WORDS:
        words.pop()
    if len(words) > 1 and words[0] in {"the", "pt", "ooo"}:
        words.pop(0)
    core = "".join(words)
    end = len(core)
    while (form := _LEGAL_HAN.search(core, max(0, end - _LONGEST_LEGAL_HAN), end)) and form.start():
        end = form.start()
    return core[:end]


# -- several names in one cell -----------------------------------------------------------------------------------------

SEPARATORS = re.compile(r"[、，,;；\n]+")
_RARER = re.compile(r"[/&|＆／｜]+|[和与及]")
_SPACES = re.compile(r"\s+")


def parted(cell: str, known: Container[str]) -> list[str]:
    """The names in one cell; `known` holds the keys of those that may stand there.

    The whole cell is tried first; then it is split at line breaks and each line at the usual separators; a piece that is
    nobody's name also at `/ & | 和 与 及` and spaces, if all that comes of it is known. In a cell that ends with a line
    break, which is how lists are written that hold a separator, a line is one name unless all its pieces are known.
    """
    whole = cell.strip()
    if not whole or key(whole) in known:
        return [whole] if whole else []
    if "\n" in cell:
        pieces = []
        for line in filter(None, map(str.strip, whole.splitlines())):
            names = parted(line, known)
            pieces += names if not cell.endswith("\n") or all(key(name) in known for name in names) else [line]
    else:
        pieces = [
            piece
            for part in _joined(SEPARATORS.split(whole), SEPARATORS.findall(whole), known)
            if (piece := part.strip())
        ]
    return [name for piece in pieces for name in _split_further(piece, known)]


def _joined(parts: list[str], marks: list[str], known: Container[str]) -> list[str]:
    """Neighbours that are one name with the mark between them («Smith, John»), put together again."""
    found = [parts[0]]
    for mark, part in zip(marks, parts[1:], strict=True):
        both = f"{found[-1]}{mark}{part}"
        if key(both) in known and not (key(found[-1]) in known and key(part) in known):
            found[-1] = both
        else:
            found.append(part)
    return found


def _split_further(piece: str, known: Container[str]) -> list[str]:
    if key(piece) in known:
        return [piece]
    for separator in (_RARER, _SPACES):
        names = [name for part in separator.split(piece) if (name := part.strip())]
        if len(names) > 1 and all(key(name) in known for name in names):
            return names
    return [piece]
