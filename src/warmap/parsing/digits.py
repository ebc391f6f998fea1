"""Digits and signs of every width and script as their plain form."""

import unicodedata
from functools import cache

_OTHER_FORMS = {
    "−": "-", "‐": "-", "‑": "-", "﹣": "-", "٬": ",", "٫": ".", "؍": "/", "￥": "¥", "￡": "£", "٪": "%", "〜": "~",
}  # fmt: skip
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_WIDTH = 0xFEE0


def folded(words: str) -> str:
    """Half width, plain digits, plain spaces, without invisible characters and white space around.

    Not NFKC: that would take ⑤ and ⁵ for a 5, and 10⁵ for 105.
    """
    return words.strip() if words.isascii() else "".join(map(_plain, words)).strip()


@cache
def _plain(char: str) -> str:
    if char in _OTHER_FORMS:
        return _OTHER_FORMS[char]
    if ord(char) in _FULL_WIDTH:
        return chr(ord(char) - _WIDTH)
    kind = unicodedata.category(char)
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    if kind == "Zs":
        return " "
    return "" if kind == "Cf" or char == "\N{VARIATION SELECTOR-16}" else char
