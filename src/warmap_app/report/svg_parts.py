"""What the drawings of one deal are made of, with the standard library only, so that a browser can draw them too."""

from xml.etree import ElementTree as ET

from warmap.text import Lang
from warmap_app.safe_text import shown

SVG = "http://www.w3.org/2000/svg"
FONT: dict[Lang, str] = {  # of each language its own first: quotation marks of a Chinese font are as wide as a letter
    "zh": "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC','WenQuanYi Zen Hei',sans-serif",
    "en": "Calibri,Carlito,Arial,'Liberation Sans','Noto Sans CJK SC',sans-serif",
}


def new_drawing(width: float, height: float, lang: Lang, title: str, described: str, looks: str) -> ET.Element:
    """An empty drawing; it bears its name and what it shows for those who do not see it."""
    size = f"0 0 {number(width)} {number(height)}"
    root = ET.Element("svg", {"xmlns": SVG, "viewBox": size, "role": "img", "lang": "zh-CN" if lang == "zh" else "en"})
    ET.SubElement(root, "title").text = shown(title)
    ET.SubElement(root, "desc").text = shown(described)
    ET.SubElement(root, "style").text = f"text{{font-family:{FONT[lang]}}}{looks}"
    return root


def put_text(parent: ET.Element, x: float, y: float, words: str, look: str = "") -> ET.Element:
    """Words that begin at a place, or stand by their look."""
    made = ET.SubElement(parent, "text", {"x": number(x), "y": number(y), **({"class": look} if look else {})})
    made.text = shown(words)
    return made


def number(value: float) -> str:
    """A number of a drawing, the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")


def text_width(words: str) -> float:
    """Width of a text of ordinary size, roughly."""
    return sum(9.0 if ord(sign) > 0x2E7F else 4.9 for sign in words)
