"""A workbook's cell formats in the words of the page's grid (Univer): fonts, fills, borders, alignment, number formats.

Whatever a foreign file has that the grid does not know is left out: it stays in the file, for the page writes cells only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from warmap_workbook.ooxml.package import Package
from warmap_workbook.ooxml.xmlpart import local_name

Style = dict[str, object]
# The colours of Office's own theme, in the order that a file counts them.
THEME = ("#FFFFFF", "#000000", "#EEECE1", "#1F497D", "#4F81BD", "#C0504D", "#9BBB59", "#8064A2", "#4BACC6", "#F79646")
BORDER = {
    "thin": 1, "hair": 2, "dotted": 3, "dashed": 4, "dashDot": 5, "dashDotDot": 6, "double": 7, "medium": 8,
    "mediumDashed": 9, "mediumDashDot": 10, "mediumDashDotDot": 11, "slantDashDot": 12, "thick": 13,
}  # fmt: skip
SIDES = {"left": "l", "right": "r", "top": "t", "bottom": "b"}
ACROSS = {"left": 1, "center": 2, "right": 3}
DOWN = {"top": 1, "center": 2, "bottom": 3}
WRAPPED, CUT_OFF = 3, 1
# ECMA-376 part 1, 18.8.30.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy/m/d h:mm", 37: "#,##0 ;(#,##0)", 38: "#,##0 ;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip


@dataclass
class Looks:
    """The formats of a workbook: of cells by their index as cells write it, of conditional formats in their order."""

    cells: dict[str, Style] = field(default_factory=dict)
    unlocked: set[str] = field(default_factory=set)
    """Formats of cells that may be typed into on a protected sheet."""
    conditional: list[Style] = field(default_factory=list)


def whole(element: Element | None, name: str, default: int = 0) -> int:
    """An attribute that should be a whole number."""
    said = "" if element is None else (element.get(name) or "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else default


def size(element: Element | None, name: str) -> float | None:
    """An attribute that should be a size."""
    try:
        number = float("" if element is None else element.get(name) or "")
    except ValueError:
        return None
    return number if 0 <= number < 2000 else None


def below(element: Element | None, *names: str) -> Iterator[Element]:
    """The children of an element along a path of names, whatever their namespace."""
    if element is None:
        return
    for child in element:
        if local_name(child.tag) == names[0]:
            if names[1:]:
                yield from below(child, *names[1:])
            else:
                yield child


def first(element: Element | None, *names: str) -> Element | None:
    """The first of them."""
    return next(below(element, *names), None)


def colour(element: Element | None) -> str | None:
    """`#RRGGBB`, where an element names a colour."""
    if element is None:
        return None
    said = element.get("rgb") or ""
    if len(said) in {6, 8} and all(sign in "0123456789abcdefABCDEF" for sign in said):
        return f"#{said[-6:]}"
    place = whole(element, "theme", len(THEME))
    return THEME[place] if place < len(THEME) else None


def looks_of(package: Package) -> Looks:
    """The formats of a workbook; none where it has no styles. Unreadable where they are no XML."""
    relations = package.relations(package.workbook_part()).values()
    part = next((one.target for one in relations if one.kind == "styles" and one.target in package), None)
    looks = Looks()
    if part is None or package.size(part) > package.limits.style_bytes:
        return looks
    root = package.xml(part)
    codes = {
        **BUILT_IN,
        **{whole(one, "numFmtId"): one.get("formatCode") or "" for one in below(root, "numFmts", "numFmt")},
    }
    fonts = [_font(one) for one in below(root, "fonts", "font")]
    fills = [_fill(one) for one in below(root, "fills", "fill")]
    borders = [_border(one) for one in below(root, "borders", "border")]
    for index, one in enumerate(below(root, "cellXfs", "xf")):
        parts = (_at(fonts, one, "fontId"), _at(fills, one, "fillId"), _at(borders, one, "borderId"))
        looks.cells[f"s{index}"] = _cell_style(one, parts, codes)
        if (lock := first(one, "protection")) is not None and lock.get("locked") in {"0", "false"}:
            looks.unlocked.add(f"s{index}")
    looks.conditional = [_conditional(one) for one in below(root, "dxfs", "dxf")]
    return looks


def _at(styles: list[Style], element: Element, name: str) -> Style:
    place = whole(element, name)
    return styles[place] if place < len(styles) else {}


def _cell_style(element: Element, parts: tuple[Style, ...], codes: Mapping[int, str]) -> Style:
    """A cell's format in full: what it leaves out, the grid would take from the column's."""
    style: Style = {name: value for part in parts for name, value in part.items()}
    code = codes.get(whole(element, "numFmtId"))
    if code and code != "General":
        style["n"] = {"pattern": code}
    align = first(element, "alignment")
    across, down = ("", "") if align is None else (align.get("horizontal") or "", align.get("vertical") or "")
    style["ht"], style["vt"] = ACROSS.get(across, 0), DOWN.get(down, DOWN["bottom"])
    style["tb"] = WRAPPED if align is not None and align.get("wrapText") in {"1", "true"} else CUT_OFF
    if indent := min(whole(align, "indent"), 15):
        style["pd"] = {"l": 8 * indent}
    return style


def _font(element: Element | None) -> Style:
    style: Style = {}
    for one in () if element is None else element:
        name, said = local_name(one.tag), one.get("val") or ""
        is_on = said not in {"0", "false", "none"}
        if name == "name":
            style["ff"] = said
        elif name == "sz" and size(one, "val"):
            style["fs"] = size(one, "val")
        elif name in {"b", "i"} and is_on:
            style["bl" if name == "b" else "it"] = 1
        elif name in {"u", "strike"} and is_on:
            style["ul" if name == "u" else "st"] = {"s": 1}
        elif name == "color" and (shown := colour(one)):
            style["cl"] = {"rgb": shown}
    return style


def _fill(element: Element) -> Style:
    pattern = first(element, "patternFill")
    shown = colour(first(pattern, "fgColor")) if pattern is not None and pattern.get("patternType") == "solid" else None
    return {"bg": {"rgb": shown}} if shown else {}


def _border(element: Element | None) -> Style:
    sides: Style = {}
    for side, name in SIDES.items():
        one = first(element, side)
        kind = BORDER.get("" if one is None else one.get("style") or "")
        if kind:
            sides[name] = {"s": kind, "cl": {"rgb": colour(first(one, "color")) or "#000000"}}
    return {"bd": sides} if sides else {}


def _conditional(element: Element) -> Style:
    style = {**_font(first(element, "font")), **_border(first(element, "border"))}
    if shown := colour(first(element, "fill", "patternFill", "bgColor")):
        style["bg"] = {"rgb": shown}
    number = first(element, "numFmt")
    if number is not None:
        style["n"] = {"pattern": number.get("formatCode") or ""}
    return style
