"""Everything in the extension that says what the functions are, generated from the function table.

The type library is kept beside its source, for writing it takes the LibreOffice SDK: `python -m tools.type_library --write`.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from warmap import VERSION
from warmap.text import Text
from warmap.worksheet import FUNCTIONS, Argument, Function

IDENTIFIER = "org.warmap.addin"
IMPLEMENTATION = "WARMAP"  # with a method F, Calc binds `WARMAP.F` in a plain .xlsx to it (tried in LibreOffice 7.4)
COMPONENT = "warmap_calc_addin.py"
DISPLAY_NAME = Text("大客户作战地图（warmap）函数", "Key-account war map (warmap) functions")
JOB_COMPONENT, JOB = "warmap_keep_last.py", "org.warmap.KeepLast"
SAVING = ("OnSave", "OnSaveAs", "OnCopyTo")  # before the file is written; the last is for a copy
CATEGORY = "Add-In"  # Calc knows its own categories only; another word falls back to this one

KEPT = Path(__file__).parent
KEPT_IDL = KEPT / "warmap.idl"
KEPT_RDB = KEPT / "warmap.rdb"
CELL = "com::sun::star::table::XCellRange"
CALLER = "com::sun::star::beans::XPropertySet"


def idl() -> str:
    """The interface: each function a method, each argument `any`, an array result a sequence of rows.

    `any` makes an argument optional and lets Calc pass a value or an array; a cell argument is the cell itself. Of a
    function that is handed cells a hidden last argument is the document (Calc fills in an XPropertySet, and shows it to
    nobody): it alone knows how its days are counted.
    """
    methods = "\n".join(f"    {_method(function)}" for function in FUNCTIONS.values())
    return f"module org {{ module warmap {{\n  interface XWarMap {{\n{methods}\n  }};\n}}; }};\n"


def _method(function: Function) -> str:
    result = "sequence< sequence< any > >" if function.columns else "any"
    arguments = [f"[in] {CELL if a.is_cell else 'any'} {argument_name(a)}" for a in function.arguments]
    if function.tables or any(a.is_cell for a in function.arguments):
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
    yield f'   <node oor:name="{function.name}" oor:op="replace">'
    yield f"    {_localised('DisplayName', shown)}"
    yield f"    {_localised('Description', function.description)}"
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
    """The registration as a file: registering by running the module fails at install time, when its type is not known yet."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<components xmlns="http://openoffice.org/2010/uno-components">\n'
        f' <component loader="com.sun.star.loader.Python" uri="{COMPONENT}">\n'
        f'  <implementation name="{IMPLEMENTATION}"><service name="com.sun.star.sheet.AddIn"/></implementation>\n'
        f' </component>\n <component loader="com.sun.star.loader.Python" uri="{JOB_COMPONENT}">\n'
        f'  <implementation name="{JOB}"><service name="com.sun.star.task.Job"/></implementation>\n'
        " </component>\n</components>\n"
    )


def jobs() -> str:
    """Jobs.xcu: what runs before a document is saved."""
    events = "".join(
        f'  <node oor:name="{event}" oor:op="fuse"><node oor:name="JobList">'
        '<node oor:name="WarmapKeepLast" oor:op="replace"/></node></node>\n'
        for event in SAVING
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:name="Jobs" oor:package="org.openoffice.Office">\n'
        ' <node oor:name="Jobs">\n  <node oor:name="WarmapKeepLast" oor:op="replace">'
        f'<prop oor:name="Service"><value>{JOB}</value></prop></node>\n </node>\n'
        f' <node oor:name="Events">\n{events} </node>\n</oor:component-data>\n'
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
        "Jobs.xcu": "application/vnd.sun.star.configuration-data",
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
        "Jobs.xcu": jobs(),
        "META-INF/manifest.xml": manifest(),
        "description.xml": description(),
        "warmap.components": components(),
    }
    return {path: text.encode() for path, text in texts.items()}
