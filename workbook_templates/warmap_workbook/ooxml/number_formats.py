"""What a number format shows of a number: as much of it as tells whether the cell says what its value is.

A format carries its unit where figure and unit together come to the value: `0.0,,"M"` shows 12.8M for 12,800,000, and so
does the `0!.0,"万"` of Chinese Excel, whose point is a literal, show 1280.0万. `0"万元"` shows 1280万元 for 1280: there
the unit is in the format only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

_PIECE = re.compile(
    r'"([^"]*)"?|[\\!](.)|_.|\*.|\[([^\]]*)\]?|(E[+-]?)|([0#?.,%‰/@])|(General|通用格式|G/通用格式)|(.)',
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'((?:"[^"]*"?|[\\!_*].|\[[^\]]*\]?|[^;"\\!_*\[])*);?', re.DOTALL)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=) *(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-]*)(?:-[0-9A-Fa-f]*)?")
_UNITS = {
    "万亿": 12, "千亿": 11, "百亿": 10, "十亿": 9, "亿": 8, "億": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4, "萬": 4, "仟": 3,
    "千": 3, "百": 2, "k": 3, "thousand": 3, "m": 6, "mm": 6, "mn": 6, "mio": 6, "mln": 6, "million": 6, "b": 9, "bn": 9,
    "mrd": 9, "billion": 9,
}  # fmt: skip
_UNIT = re.compile(
    r"万亿|[千百十]亿|[亿億]|[千百十]?万|萬|[仟千百](?!分)"
    r"|(?<![a-z])(?:thousand|million|billion|mm|mn|mio|mln|mrd|bn|[kmb])(?![a-z²³/2])",
    re.IGNORECASE,
)
_DIGITS = "0#?"
_MOST_DIGITS = 30


@dataclass(frozen=True)
class NumberFormat:
    """A number format as the styles part gives it."""

    code: str

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """The sections: by default for positive numbers, negative ones, zero, and text."""
        found = [match[1] for match in _SECTION.finditer(self.code)]
        return tuple(found[:-1] if len(found) > 1 and not found[-1] else found)

    @cached_property
    def may_add(self) -> bool:
        """Whether there is a percent sign or the word of a unit in it at all."""
        return any(
            "%" in piece or "‰" in piece or _UNIT.search(piece)
            for section in self.sections for piece in (_literals(section), _signs(section))
        )  # fmt: skip

    def section_for(self, value: float) -> str:
        """The section that shows a value."""
        conditions = [_condition(section) for section in self.sections]
        if any(conditions):
            for section, condition in zip(self.sections, conditions, strict=True):
                if condition is None or _holds(value, *condition):
                    return section
            return ""
        if value < 0 and len(self.sections) > 1:
            return self.sections[1]
        return self.sections[2] if value == 0 and len(self.sections) > 2 else self.sections[0]

    def is_percent(self, value: float) -> bool:
        """Whether a value is shown as a percentage."""
        section = self.section_for(value)
        return any(sign in _signs(section) + _literals(section) for sign in "%‰")

    def lacks_unit(self, value: float) -> bool:
        """Whether a value is shown with a unit that is not in the value."""
        section = self.section_for(value)
        units = [_UNITS[word.casefold()] for word in _UNIT.findall(_literals(section))]
        if not units or value == 0:
            return False
        figure = re.search(r"\d[\d,]*(?:\.\d+)?", self.shows(value))
        if figure is None:
            return False
        told = Decimal(figure[0].replace(",", ""))
        places = -int(told.as_tuple().exponent)
        step = Decimal(1).scaleb(-places)
        meant = told.scaleb(units[-1])
        return abs(meant - abs(Decimal(repr(value)))) > step.scaleb(units[-1])

    def shows(self, value: float) -> str:
        """The value as the cell shows it, but for colours, alignment and fractions."""
        section = self.section_for(value)
        minus = "-" if value < 0 and section == self.sections[0] else ""  # a section of its own writes the sign itself
        return minus + _rendered(section, value)


DATE = NumberFormat("yyyy-mm-dd")
"""Stands for every format that shows a day or a time."""


def _pieces(section: str) -> Iterator[tuple[str, str]]:
    """The parts of a section as (kind, text): a literal, a sign of the format, or the word General."""
    for match in _PIECE.finditer(section):
        quoted, escaped, bracketed, exponent, sign, general, other = match.groups()
        if bracketed is not None:
            currency = _CURRENCY.fullmatch(bracketed)
            if currency:
                yield "literal", currency[1]
        elif exponent or sign:
            yield "sign", exponent or sign
        elif general:
            yield "general", general
        else:
            yield "literal", next((text for text in (quoted, escaped, other) if text is not None), "")


def _literals(section: str) -> str:
    return "".join(text for kind, text in _pieces(section) if kind == "literal")


def _signs(section: str) -> str:
    return "".join(text for kind, text in _pieces(section) if kind == "sign")


def _condition(section: str) -> tuple[str, float] | None:
    for match in _PIECE.finditer(section):
        if match[3] is not None and (found := _CONDITION.fullmatch(match[3].strip())):
            return found[1], float(found[2])
    return None


def _holds(value: float, sign: str, limit: float) -> bool:
    return {
        "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit, "=": value == limit,
        "<>": value != limit,
    }[sign]  # fmt: skip


def _rendered(section: str, value: float) -> str:
    pieces = list(_pieces(section))
    signs = _signs(section)
    if not any(sign in signs for sign in _DIGITS):
        number = f"{abs(value):.15g}"
        if any(kind == "general" for kind, _ in pieces):
            return "".join(number if kind == "general" else text for kind, text in pieces if kind != "sign")
        return "".join(text for _, text in pieces) if pieces else number
    before, _, after = signs.replace("%", "").replace("‰", "").partition(".")
    commas = len(before) - len(before.rstrip(",")) + after.count(",")
    scale = 2 * signs.count("%") + 3 * signs.count("‰") - 3 * commas
    decimals = min(sum(sign in _DIGITS for sign in after), _MOST_DIGITS)
    amount = abs(Decimal(repr(value))).scaleb(scale).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, fraction = f"{amount:f}".partition(".")
    at = next((place for place, piece in enumerate(pieces) if piece == ("sign", ".")), len(pieces))
    left = _whole_part(pieces[:at], whole.zfill(max(before.count("0"), 1)), is_grouped="," in before.rstrip(","))
    right = _fraction_part(pieces[at:], fraction)
    return left + right


def _whole_part(pieces: list[tuple[str, str]], figures: str, *, is_grouped: bool) -> str:
    """The figures from the right, one a place; the first place shows all that are left."""
    left, shown, count = list(figures), [], 0
    places = sum(kind == "sign" and text in _DIGITS for kind, text in pieces)
    for kind, text in reversed(pieces):
        if kind == "literal" or text in "%‰":
            shown.append(text)
        elif text in _DIGITS:
            places -= 1
            while left:
                if is_grouped and count and count % 3 == 0:
                    shown.append(",")
                shown.append(left.pop())
                count += 1
                if places:
                    break
    return "".join(reversed(shown))


def _fraction_part(pieces: list[tuple[str, str]], figures: str) -> str:
    shown, taken = [], 0
    for kind, text in pieces:
        if kind == "literal" or text in ".%‰":
            shown.append(text)
        elif text in _DIGITS:
            shown.append(figures[taken : taken + 1])
            taken += 1
    return "".join(shown)
