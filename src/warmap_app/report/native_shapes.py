"""The relationship picture as shapes that Excel, WPS and LibreOffice draw themselves (DrawingML): text stays text.

A PNG would need a browser where the workbook is made, and an SVG shows in no Excel before 2016. So the picture's own SVG,
whose few kinds of elements are known here, is told again in shapes: one group, so that it moves as one picture, and in it
a group for each box with its words for a screen reader. The same picture gives the same bytes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from warmap.judgement import Judgement
from warmap.text import Lang
from warmap_app.report.picture import LOOKS, picture
from warmap_app.report.svg_parts import SVG, text_width
from warmap_workbook.writing import style

SHEET = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
EMU = 9525  # of a unit of the picture, which is a pixel
POINT = 75  # hundredths of a point in a pixel
ORDINARY = 9.0  # the size for which `text_width` reckons
RISE, LINE_HEIGHT = 0.92, 1.3  # from the top of a line to its base, and to the next line, in sizes of the font
DASHES = {"2 3": "sysDot", "5 3": "dash"}
ANCHORS = {"start": ("l", 0.0), "middle": ("ctr", 0.5), "end": ("r", 1.0)}  # and the share of a text left of its place


def drawing_of(judgement: Judgement, lang: Lang, row: int) -> bytes | None:
    """The drawing part with the relationship picture of a map; None where nobody is on it."""
    return drawing(picture(judgement, "org", lang), lang, row) if judgement.map.contacts else None


def drawing(svg: str, lang: Lang, row: int) -> bytes:
    """The drawing part of a sheet that shows the picture with its upper left corner in a row (from 0) of column A."""
    root = ET.fromstring(svg)  # noqa: S314  we have drawn it
    width, height = (float(side) for side in root.attrib["viewBox"].split()[2:])
    made = ET.Element("xdr:wsDr", {"xmlns:xdr": SHEET, "xmlns:a": MAIN})
    anchor = ET.SubElement(made, "xdr:oneCellAnchor")
    corner = ET.SubElement(anchor, "xdr:from")
    for name, value in (("col", 0), ("colOff", 0), ("row", row), ("rowOff", 0)):
        ET.SubElement(corner, f"xdr:{name}").text = str(value)
    ET.SubElement(anchor, "xdr:ext", {"cx": _emu(width), "cy": _emu(height)})
    pen = _Pen(lang)
    words = [root.findtext(f"{{{SVG}}}{name}") or "" for name in ("title", "desc")]
    whole = pen.group(anchor, 0, 0, width, height, words[0], ". ".join(words))
    pen.draw(whole, root, 0, 0, width, height)
    ET.SubElement(anchor, "xdr:clientData")
    return _HEAD + ET.tostring(made)


def _emu(value: float) -> str:
    return str(round(value * EMU))


def _looks(element: ET.Element, base: str = "") -> dict[str, str]:
    """What the classes of an element say of it, and then its own attributes."""
    looks = dict(LOOKS[base]) if base else {}
    for name in element.get("class", "").split():
        looks |= LOOKS[f".{name}"]
    return {**looks, **element.attrib}


@dataclass(slots=True)
class _Pen:
    """Draws elements of the picture as shapes, which it numbers."""

    lang: Lang
    number: int = field(default=1)

    def draw(self, parent: ET.Element, holder: ET.Element, dx: float, dy: float, width: float, height: float) -> None:
        """Everything in an element of the picture, moved; what is as large as the whole has its width and height."""
        for element in holder:
            name = element.tag.removeprefix(f"{{{SVG}}}")
            if name == "g":
                x, y = (float(part) for part in element.attrib["transform"].removeprefix("translate(")[:-1].split())
                title = element.findtext(f"{{{SVG}}}title")
                if title is None:
                    self.draw(parent, element, dx + x, dy + y, width, height)
                else:
                    wide, high = _size(element)
                    box = self.group(parent, dx + x, dy + y, wide, high, title.partition("\n")[0][:60], title)
                    self.draw(box, element, 0, 0, wide, high)
            elif name == "rect":
                self._rect(parent, element, dx, dy, width, height)
            elif name == "circle":
                x, y, r = (float(element.attrib[one]) for one in ("cx", "cy", "r"))
                self._shape(parent, (dx + x - r, dy + y - r, 2 * r, 2 * r), "ellipse", element.attrib)
            elif name == "text":
                self._text(parent, element, dx, dy)
            elif name in {"polyline", "path"}:
                self._line(parent, element, dx, dy)

    def group(self, parent: ET.Element, x: float, y: float, width: float, height: float, name: str, words: str) -> ET.Element:  # fmt: skip
        """A group; what is in it counts from its own corner."""
        made = ET.SubElement(parent, "xdr:grpSp")
        self._named(ET.SubElement(made, "xdr:nvGrpSpPr"), "xdr:cNvGrpSpPr", name, words)
        place = ET.SubElement(ET.SubElement(made, "xdr:grpSpPr"), "a:xfrm")
        _placed(place, x, y, width, height)
        ET.SubElement(place, "a:chOff", {"x": "0", "y": "0"})
        ET.SubElement(place, "a:chExt", {"cx": _emu(width), "cy": _emu(height)})
        return made

    def _named(self, parent: ET.Element, kind: str, name: str = "", words: str = "", **what: str) -> None:
        self.number += 1
        described = {"descr": words} if words else {}
        ET.SubElement(parent, "xdr:cNvPr", {"id": str(self.number), "name": name or f"warmap {self.number}", **described})  # fmt: skip
        ET.SubElement(parent, kind, what)

    def _begun(self, parent: ET.Element, box: Sequence[float], **what: str) -> tuple[ET.Element, ET.Element]:
        made = ET.SubElement(parent, "xdr:sp", {"macro": "", "textlink": ""})
        self._named(ET.SubElement(made, "xdr:nvSpPr"), "xdr:cNvSpPr", **what)
        looks = ET.SubElement(made, "xdr:spPr")
        _placed(ET.SubElement(looks, "a:xfrm"), *box)
        return made, looks

    def _rect(self, parent: ET.Element, element: ET.Element, dx: float, dy: float, width: float, height: float) -> None:
        given = element.attrib
        sides = [
            whole if given[side] == "100%" else float(given[side]) for side, whole in (("width", width), ("height", height))
        ]  # fmt: skip
        x, y = (float(given.get(one, 0)) for one in ("x", "y"))
        self._shape(parent, (dx + x, dy + y, *sides), "roundRect" if "rx" in given else "rect", given)

    def _shape(self, parent: ET.Element, box: Sequence[float], kind: str, given: Mapping[str, str]) -> None:
        _, looks = self._begun(parent, box)
        shape = ET.SubElement(ET.SubElement(looks, "a:prstGeom", {"prst": kind}), "a:avLst")
        if kind == "roundRect":
            share = round(100000 * float(given["rx"]) / min(box[2], box[3]))
            ET.SubElement(shape, "a:gd", {"name": "adj", "fmla": f"val {share}"})
        _filled(looks, given["fill"], float(given.get("fill-opacity", 1)))
        _stroked(looks, given)

    def _line(self, parent: ET.Element, element: ET.Element, dx: float, dy: float) -> None:
        """A line through points, or a bow from a point to another past a third."""
        given, points = _looks(element), list(_points(element))
        left, top = (min(one[side] for one in points) for side in (0, 1))
        wide, high = (max(max(one[side] for one in points) - least, 1 / EMU) for side, least in ((0, left), (1, top)))
        _, looks = self._begun(parent, (dx + left, dy + top, wide, high))
        shape = ET.SubElement(looks, "a:custGeom")
        for name in ("avLst", "gdLst", "ahLst", "cxnLst"):
            ET.SubElement(shape, f"a:{name}")
        ET.SubElement(shape, "a:rect", {"l": "0", "t": "0", "r": "r", "b": "b"})
        way = ET.SubElement(
            ET.SubElement(shape, "a:pathLst"), "a:path", {"w": _emu(wide), "h": _emu(high), "fill": "none"}
        )
        at = [{"x": _emu(x - left), "y": _emu(y - top)} for x, y in points]
        ET.SubElement(ET.SubElement(way, "a:moveTo"), "a:pt", at[0])
        if "d" in given:
            bow = ET.SubElement(way, "a:quadBezTo")
            for one in at[1:]:
                ET.SubElement(bow, "a:pt", one)
        else:
            for one in at[1:]:
                ET.SubElement(ET.SubElement(way, "a:lnTo"), "a:pt", one)
        ET.SubElement(looks, "a:noFill")
        stroke = _stroked(looks, given)
        if "marker-end" in given:
            ET.SubElement(stroke, "a:tailEnd", {"type": "triangle"})

    def _text(self, parent: ET.Element, element: ET.Element, dx: float, dy: float) -> None:
        given, words = _looks(element, "text"), element.text or ""
        size = float(given["font-size"].removesuffix("px"))
        wide = text_width(words) * size / ORDINARY * 1.15
        align, left = ANCHORS[given.get("text-anchor", "start")]
        box = (dx + float(given["x"]) - left * wide, dy + float(given["y"]) - RISE * size, wide, LINE_HEIGHT * size)
        made, looks = self._begun(parent, box, txBox="1")
        ET.SubElement(ET.SubElement(looks, "a:prstGeom", {"prst": "rect"}), "a:avLst")
        ET.SubElement(looks, "a:noFill")
        body = ET.SubElement(made, "xdr:txBody")
        inset = dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), "0")
        ET.SubElement(body, "a:bodyPr", {"vertOverflow": "overflow", "horzOverflow": "overflow", "wrap": "none", **inset})  # fmt: skip
        ET.SubElement(body, "a:lstStyle")
        line = ET.SubElement(body, "a:p")
        ET.SubElement(line, "a:pPr", {"algn": align})
        run = ET.SubElement(line, "a:r")
        looks_of_run = {"lang": "zh-CN" if self.lang == "zh" else "en-US", "sz": str(round(size * POINT))}
        looks_of_run["b"] = "1" if given.get("font-weight") == "bold" else "0"
        if given.get("text-decoration") == "line-through":
            looks_of_run["strike"] = "sngStrike"
        letters = ET.SubElement(run, "a:rPr", looks_of_run)
        _filled(letters, given["fill"])
        for script, face in (("latin", style.FONT[self.lang]), ("ea", style.FONT["zh"])):
            ET.SubElement(letters, f"a:{script}", {"typeface": face})
        ET.SubElement(run, "a:t").text = words


def _size(box: ET.Element) -> tuple[float, float]:
    """The size of a box of the picture: of its frame, which comes first."""
    frame = next(box.iter(f"{{{SVG}}}rect"))
    return float(frame.attrib["width"]), float(frame.attrib["height"])


def _points(element: ET.Element) -> Iterator[tuple[float, float]]:
    """The points of a polyline, or of a path that is one bow (M Q)."""
    words = element.get("points") or element.attrib["d"].replace("M", "").replace("Q", "").replace(" ", ",")
    numbers = [float(one) for one in words.replace(" ", ",").split(",") if one]
    yield from zip(numbers[::2], numbers[1::2], strict=True)


def _placed(parent: ET.Element, x: float, y: float, width: float, height: float) -> None:
    ET.SubElement(parent, "a:off", {"x": _emu(x), "y": _emu(y)})
    ET.SubElement(parent, "a:ext", {"cx": _emu(width), "cy": _emu(height)})


def _filled(parent: ET.Element, colour: str, share: float = 1) -> None:
    digits = colour.removeprefix("#")
    digits = "".join(2 * one for one in digits) if len(digits) == 3 else digits  # fff
    made = ET.SubElement(ET.SubElement(parent, "a:solidFill"), "a:srgbClr", {"val": digits.upper()})
    if share < 1:
        ET.SubElement(made, "a:alpha", {"val": str(round(100000 * share))})


def _stroked(parent: ET.Element, given: Mapping[str, str]) -> ET.Element:
    """The line of a shape; none where nothing is said of it."""
    if "stroke" not in given:
        made = ET.SubElement(parent, "a:ln")
        ET.SubElement(made, "a:noFill")
        return made
    made = ET.SubElement(parent, "a:ln", {"w": _emu(float(given["stroke-width"]))})
    _filled(made, given["stroke"])
    if dash := DASHES.get(given.get("stroke-dasharray", "")):
        ET.SubElement(made, "a:prstDash", {"val": dash})
    return made
