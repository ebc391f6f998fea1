"""The folder of the Office add-in: what stands beside this module as it is, and what is generated from the function table.

It is the folder `office` inside that of the browser page, whose worker computes the functions (docs/office.md).
"""

import json
import struct
import zlib
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from warmap import VERSION
from warmap.text import Lang, Text
from warmap.worksheet import FUNCTIONS, Argument, Function
from warmap_addin import WrongPath, in_full

FOLDER = "office"
PLACEHOLDER = "https://warmap.example.com/"
WRITTEN_BY_HAND = ("adapter.js", "connect.js", "taskpane.html")
METADATA: dict[Lang, str] = {"en": "functions.json", "zh": "functions.zh.json"}
SCHEMA = "https://developer.microsoft.com/json-schemas/office-js/custom-functions.schema.json"
ICON_SIZES = (16, 32, 64, 80)
BAD_ADDRESS = Text(
    "{address} 应是 https:// 开头的网址，不带 ? 和 #：Excel 不从别的地方加载插件",
    "{address} should be an address with https:// and without ? and #: Excel loads add-ins from nowhere else",
)


def office_files(address: str = PLACEHOLDER) -> dict[str, bytes]:
    """Every file of the folder `office`, by name; `address` is that of the folder around it. Raises WrongPath."""
    here = Path(__file__).parent
    return {
        **{name: (here / name).read_bytes() for name in WRITTEN_BY_HAND},
        **{METADATA[lang]: metadata(lang).encode() for lang in METADATA},
        **{f"icon-{size}.png": icon(size) for size in ICON_SIZES},
        "functions.js": stubs().encode(),
        "manifest.xml": manifest(address).encode(),
    }


def manifest(address: str = PLACEHOLDER) -> str:
    """The manifest with the address and our version. Raises WrongPath."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise WrongPath(in_full(BAD_ADDRESS, address=address))
    text = (Path(__file__).parent / "manifest.xml").read_text("utf-8")
    base = escape(address.rstrip("/") + "/", {'"': "&quot;"})
    return text.replace(PLACEHOLDER, base).replace("<Version>0.0.0.0<", f"<Version>{VERSION}.0<")


def metadata(lang: Lang) -> str:
    """What Excel is told of each function: names, arguments and help in one language."""
    functions = [_metadata(function, lang) for function in FUNCTIONS.values()]
    # Without the second entry Excel answers a range with an error value in it by that error, and never asks us.
    document = {"$schema": SCHEMA, "allowErrorForDataTypeAny": True, "functions": functions}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _metadata(function: Function, lang: Lang) -> dict[str, object]:
    # The rows of a result are of a fixed height; a single value is one row too, for Excel gives the addresses of the
    # arguments only to a function whose result is a matrix.
    options = {"options": {"requiresParameterAddresses": True}} if function.arguments else {}
    return {
        "id": function.name,
        "name": function.name,
        "description": function.description.to(lang),
        "parameters": [_parameter(argument, lang) for argument in function.arguments],
        "result": {"dimensionality": "matrix", "type": "any"},
        **options,
    }


def _parameter(argument: Argument, lang: Lang) -> dict[str, object]:
    optional = {} if argument.required else {"optional": True}
    shape = "matrix" if kind_of(argument) == "range" else "scalar"
    help_text = argument.help.to(lang)
    return {"name": argument.name, "description": help_text, "dimensionality": shape, "type": "any", **optional}


def kind_of(argument: Argument) -> str:
    """How the adapter reads an argument: `range` (rows), `value`, or `cell` (where it stands)."""
    if argument.is_cell:
        return "cell"
    return "range" if argument.table or argument.name == "settings" else "value"


def stubs() -> str:
    """functions.js: a line for each function, which Excel finds as soon as the page is loaded."""
    lines = [
        '"use strict";',
        "// Generated from the function table: do not edit. A line for each function; the work is in adapter.js.",
    ]
    for function in FUNCTIONS.values():
        if function.name == "VERSION":
            lines.append(f"WARMAP.fixed({json.dumps(function.name)}, {json.dumps(VERSION)});")
        else:
            kinds = json.dumps([kind_of(argument) for argument in function.arguments])
            lines.append(f"WARMAP.stub({json.dumps(function.name)}, {kinds});")
    return "\n".join(lines) + "\n"


def icon(size: int) -> bytes:
    """A square with four quarters in the colours of the four buying roles, as a PNG."""
    quarters = (b"\x1f\x6f\xb2", b"\x2a\x9d\x6a"), (b"\xd9\x8c\x1f", b"\xb2\x3a\x48")
    half = size // 2
    rows = b"".join(b"\x00" + left * half + right * (size - half) for left, right in quarters for _ in range(half))
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
