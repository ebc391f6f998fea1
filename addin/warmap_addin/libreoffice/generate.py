"""Everything of the extension that says what the functions are, generated from the function table.

`python -m warmap_addin.libreoffice.generate --write` renews the kept type library; `--check` fails where it is stale.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from warmap import VERSION
from warmap.text import Text
from warmap.worksheet import FUNCTIONS, Argument, Function

IDENTIFIER = "org.warmap.addin"
IMPLEMENTATION = "WARMAP"
COMPONENT = "warmap_calc_addin.py"
COMMAND = "python -m warmap_addin.libreoffice.generate --write"
DISPLAY_NAME = Text("大客户作战地图（warmap）函数", "Key-account war map (warmap) functions")
PUBLISHER = "warmap"
CATEGORY = "Add-In"  # Calc knows its own categories only; another word falls back to this one

KEPT = Path(__file__).parent
KEPT_IDL = KEPT / "warmap.idl"
KEPT_RDB = KEPT / "warmap.rdb"
CELL = "com::sun::star::table::XCellRange"
CALLER = "com::sun::star::beans::XPropertySet"


class NoTypeWriter(Exception):
    """`unoidl-write` of the LibreOffice SDK is not there."""


def idl() -> str:
    """The interface: each function a method, each argument `any`, an array result a sequence of rows.

    `any` makes an argument optional and lets Calc pass a value or an array; a cell argument is the cell itself, and
    a hidden last argument is then the document (Calc fills in an XPropertySet, and shows it to nobody).
    """
    methods = "\n".join(f"    {_method(function)}" for function in FUNCTIONS.values())
    return f"module org {{ module warmap {{\n  interface XWarMap {{\n{methods}\n  }};\n}}; }};\n"


def _method(function: Function) -> str:
    result = "sequence< sequence< any > >" if function.columns else "any"
    arguments = [f"[in] {CELL if a.is_cell else 'any'} {argument_name(a)}" for a in function.arguments]
    if any(a.is_cell for a in function.arguments):
        arguments.append(f"[in] {CALLER} caller")
    return f"{result} {function.name}({', '.join(arguments)});"


def argument_name(argument: Argument) -> str:
    """The argument's name as IDL allows it: letters and digits, parts joined without an underscore."""
    first, *rest = argument.name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _localised(name: str, text: Text) -> str:
    values = "".join(
        f"<value xml:lang={quoteattr(lang)}>{escape(words)}</value>"
        for lang, words in (("en", text.en), ("en-US", text.en), ("zh-CN", text.zh))
    )
    return f'<prop oor:name="{name}">{values}</prop>'


def _xcu_function(function: Function) -> Iterator[str]:
    shown = Text(function.shown_name, function.shown_name)
    result = Text("结果：", "Result: ")
    words = Text(
        f"{function.help.zh}。{result.zh}{function.result.zh}。例：{function.example}",
        f"{function.help.en}. {result.en}{function.result.en}. Example: {function.example}",
    )
    yield f'   <node oor:name="{function.name}" oor:op="replace">'
    yield f"    {_localised('DisplayName', shown)}"
    yield f"    {_localised('Description', words)}"
    yield f'    <prop oor:name="Category"><value>{CATEGORY}</value></prop>'
    yield f"    {_localised('CompatibilityName', shown)}"
    yield '    <node oor:name="Parameters">'
    for argument in function.arguments:
        yield f'     <node oor:name="{argument_name(argument)}" oor:op="replace">'
        yield f"      {_localised('DisplayName', Text(argument.name, argument.name))}"
        yield f"      {_localised('Description', argument.help)}"
        yield "     </node>"
    yield "    </node>"
    yield "   </node>"


def xcu() -> str:
    """CalcAddIns.xcu: the names and the help of the function wizard."""
    functions = "\n".join(line for function in FUNCTIONS.values() for line in _xcu_function(function))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:name="CalcAddIns" oor:package="org.openoffice.Office">\n'
        f'<node oor:name="AddInInfo">\n <node oor:name="{IMPLEMENTATION}" oor:op="replace">\n'
        f'  <node oor:name="AddInFunctions">\n{functions}\n  </node>\n </node>\n</node>\n</oor:component-data>\n'
    )


def components() -> str:
    """Registration: running the module for it would fail at install time, when its type is not known yet."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<components xmlns="http://openoffice.org/2010/uno-components">\n'
        f' <component loader="com.sun.star.loader.Python" uri="{COMPONENT}">\n'
        f'  <implementation name="{IMPLEMENTATION}"><service name="com.sun.star.sheet.AddIn"/></implementation>\n'
        " </component>\n</components>\n"
    )


def description() -> str:
    """description.xml: identifier, version, names."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<description xmlns="http://openoffice.org/extensions/description/2006" '
        'xmlns:xlink="http://www.w3.org/1999/xlink">\n'
        f' <identifier value="{IDENTIFIER}"/>\n <version value="{VERSION}"/>\n'
        f' <display-name><name lang="en">{escape(DISPLAY_NAME.en)}</name>'
        f'<name lang="zh-CN">{escape(DISPLAY_NAME.zh)}</name></display-name>\n'
        " <dependencies>"
        '<OpenOffice.org-minimal-version value="4.0" name="OpenOffice.org 4.0"/></dependencies>\n</description>\n'
    )


def manifest() -> str:
    """META-INF/manifest.xml: what LibreOffice is to register."""
    kinds = {
        "warmap.rdb": "application/vnd.sun.star.uno-typelibrary;type=RDB",
        "CalcAddIns.xcu": "application/vnd.sun.star.configuration-data",
        "warmap.components": "application/vnd.sun.star.uno-components",
    }
    entries = "".join(
        f' <manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>\n'
        for name, kind in kinds.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">\n{entries}</manifest:manifest>\n'
    )


def documents() -> dict[str, bytes]:
    """The generated text files of the extension, by their path in it."""
    texts = {
        "CalcAddIns.xcu": xcu(),
        "META-INF/manifest.xml": manifest(),
        "description.xml": description(),
        "warmap.components": components(),
    }
    return {path: text.encode() for path, text in texts.items()}


def fresh_rdb(text: str) -> bytes:
    """The type library of an IDL text, written by the LibreOffice SDK. Raises NoTypeWriter without it."""
    from warmap_addin.libreoffice.locate import find_office

    office = find_office()
    program = office.program if office else None
    writers = [] if program is None else [
        path for name in ("unoidl-write", "unoidl-write.exe") if (path := program.parent / "sdk" / "bin" / name).is_file()
    ]  # fmt: skip
    if program is None or not writers:
        raise NoTypeWriter
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "warmap.idl"), Path(folder, "warmap.rdb")
        source.write_text(text, encoding="utf-8")
        known = [program / "types.rdb", program / "types" / "offapi.rdb"]
        command = [writers[0], *known, source, target]
        subprocess.run(command, check=True, capture_output=True, timeout=60)  # noqa: S603  our own list
        return target.read_bytes()


def main(arguments: list[str] | None = None) -> int:
    """Write or check the kept IDL and type library."""
    parser = argparse.ArgumentParser(prog="python -m warmap_addin.libreoffice.generate", description=__doc__)
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("--write", action="store_true", help="renew warmap.idl and warmap.rdb")
    group.add_argument("--check", action="store_true", help="exit 1 where they are stale")
    wanted = parser.parse_args(arguments)
    text = idl()
    try:
        rdb: bytes | None = fresh_rdb(text)
    except NoTypeWriter:
        rdb = None
    if wanted.write:
        if rdb is None:
            print("unoidl-write is missing: install the LibreOffice SDK (Debian: libreoffice-dev)", file=sys.stderr)
            return 2
        KEPT_IDL.write_text(text, encoding="utf-8")
        KEPT_RDB.write_bytes(rdb)
        return 0
    stale = not KEPT_IDL.is_file() or KEPT_IDL.read_text(encoding="utf-8") != text
    stale = stale or not KEPT_RDB.is_file() or (rdb is not None and KEPT_RDB.read_bytes() != rdb)
    if stale:
        print(f"warmap.rdb is stale; renew it with: {COMMAND}", file=sys.stderr)
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
