"""What is said of a file that was not read, in words a rep can act on, and of content that other programs read differently."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from warmap.findings import Finding
from warmap.names import key
from warmap.parsing import TableRead
from warmap.text import LONGEST_QUOTE, Text
from warmap_workbook.ooxml import Book, BookNote, Note, Reason, Unreadable, read_book
from warmap_workbook.reading.checks.formula_text import TAB_OF

SAVE_AGAIN = Text("用 Excel 打开后另存为 .xlsx，再提交。", "Open it in Excel, save it as .xlsx, and submit that.")
SEND_WORKBOOK = Text(
    "请提交作战地图工作簿本身（.xlsx）；{kind}里的内容读不回来。",
    "Submit the war map workbook itself (.xlsx): nothing can be read back from {kind}.",
)
SEND_A_MAP = Text(
    "请提交用 warmap new 生成的模板填写的工作簿（.xlsx）。",
    "Submit a workbook (.xlsx) filled in from a template made by `warmap new`.",
)
UNPACK = Text("解压后提交里面的工作簿（.xlsx）。", "Unpack it and submit the workbook (.xlsx) inside.")
EXPORT_NUMBERS = Text(
    "在 Numbers 里选“文件 → 导出为 → Excel”，提交导出的 .xlsx。",
    "In Numbers choose File → Export To → Excel, and submit the .xlsx.",
)
SAVE_FROM_LIBREOFFICE = Text(
    "在 LibreOffice 里选“文件 → 另存为”，类型选 Excel 2007–365（.xlsx），再提交。",
    "In LibreOffice choose File → Save As, the type Excel 2007–365 (.xlsx), and submit that.",
)
SAVE_YOUR_OWN = Text(
    "请用 Excel、WPS 或 LibreOffice 把自己的工作簿重新保存后提交；来历不明的文件不要打开。",
    "Save your own workbook again with Excel, WPS or LibreOffice and submit that; do not open a file of unknown origin.",
)
ASK_AGAIN = Text("请重新导出或重新发送这个文件。", "Export or send the file again.")
KEEP_TO_TEMPLATE = Text(
    "请把内容复制到新模板；不要在里面放大量别的数据。",
    "Copy the entries into a new template, without masses of other data.",
)
REMOVE_PASSWORD = Text(
    "在 Excel 里去掉打开密码（文件 → 信息 → 保护工作簿），再提交。",
    "Remove the password to open in Excel (File → Info → Protect Workbook) and submit again.",
)

_BROKEN = Text("文件内部损坏（{where}）", "the file is damaged inside ({where})")
_UNPACKED = Text("解压后过大（上限 {limit} 字节）", "it is too large when unpacked (at most {limit} bytes)")
_NO_TEXT = Text(
    "有一格引用了文件里没有的文字（{where}）", "a cell refers to a text that the file does not hold ({where})"
)
_OTHER_KIND = Text("这不是 Excel 工作簿，是{kind}", "it is not an Excel workbook but {kind}")
_KINDS: Mapping[str, Text] = {
    "pdf": Text("PDF 文件", "a PDF"),
    "picture": Text("图片", "a picture"),
    "archive": Text("压缩包", "an archive"),
    "numbers": Text("Numbers 表格", "a Numbers spreadsheet"),
    "open_document": Text("OpenDocument 文档", "another OpenDocument file"),
    "text_document": Text("Word 文档", "a Word document"),
    "presentation": Text("演示文稿", "a presentation"),
}
_REMEDIES: Mapping[str, Text] = {
    "archive": UNPACK,
    "numbers": EXPORT_NUMBERS,
}
_LOOKS_LIKE: Mapping[Reason, Text] = {
    Reason.html: Text("网页", "a web page"),
    Reason.csv_or_text: Text("文本或 CSV", "text or CSV"),
}

REASONS: Mapping[Reason, tuple[Text, Text]] = {
    Reason.not_found: (Text("文件不存在", "there is no such file"), Text("核对路径和文件名。", "Check the path and the name.")),
    Reason.cannot_open: (Text("文件打不开（可能被占用或无权限）", "it cannot be opened (in use, or no permission)"), Text("关闭正在使用它的程序后再试。", "Close the program that uses it and try again.")),
    Reason.empty_file: (Text("文件是空的", "the file is empty"), ASK_AGAIN),
    Reason.encrypted: (Text("文件有打开密码（已加密）", "it is protected by a password (encrypted)"), REMOVE_PASSWORD),
    Reason.legacy_xls: (Text("这是旧版 .xls 文件", "it is an old .xls file"), SAVE_AGAIN),
    Reason.xlsb: (Text("这是 .xlsb 二进制工作簿", "it is a binary .xlsb workbook"), SAVE_AGAIN),
    Reason.ods: (Text("这是 .ods 文件", "it is an .ods file"), SAVE_FROM_LIBREOFFICE),
    Reason.html: (Text("这是网页（HTML），不是工作簿", "it is a web page (HTML), not a workbook"), SEND_WORKBOOK),
    Reason.xml_spreadsheet_2003: (Text("这是 2003 版 XML 表格", "it is an XML spreadsheet of 2003"), SAVE_AGAIN),
    Reason.csv_or_text: (Text("这是文本或 CSV，不是工作簿", "it is text or CSV, not a workbook"), SEND_WORKBOOK),
    Reason.not_a_workbook: (Text("这不是 Excel 工作簿", "it is not an Excel workbook"), SEND_A_MAP),
    Reason.bytes_in_front: (Text("工作簿前面有别的内容（自解压包或传输出错？）", "other bytes stand in front of the workbook (a self-extracting archive, or a broken transfer?)"), ASK_AGAIN),
    Reason.duplicate_sheet: (Text("有两张表叫同一个名字（{sheet}）", "two sheets bear the same name ({sheet})"), Text("给其中一张改名再提交。", "Rename one of them and submit again.")),
    Reason.missing_part: (Text("文件缺了一部分（{where}）", "a part of the file is missing ({where})"), SAVE_AGAIN),
    Reason.duplicate_part: (Text("包里有两个同名的部件（{where}）", "two of its parts bear the same name ({where})"), SAVE_YOUR_OWN),
    Reason.overlapping_parts: (Text("包里有两个部件占用同一段字节（{where}）", "two of its parts share the same bytes ({where})"), SAVE_YOUR_OWN),
    Reason.bad_part_name: (Text("包里有部件的名称不合法，会指向文件之外（{where}）", "a part bears a name that is not a proper one or leads out of the file ({where})"), SAVE_YOUR_OWN),
    Reason.unsupported_compression: (Text("压缩方式不是工作簿会用的（{where}）", "it is compressed in a way that workbooks are not ({where})"), SAVE_YOUR_OWN),
    Reason.unsupported_encoding: (Text("文字编码不是 UTF-8（{where}）", "its text is not in UTF-8 ({where})"), SAVE_AGAIN),
    Reason.doctype: (Text("文件里有 DOCTYPE 声明，工作簿不会有，可能是攻击（{where}）", "it holds a DOCTYPE, which no workbook does and attacks do ({where})"), SAVE_YOUR_OWN),
    Reason.truncated: (Text("文件不完整，后半截丢失了", "the file is incomplete: its end is missing"), ASK_AGAIN),
    Reason.too_large: (Text("文件太大（上限 {limit} 字节）", "the file is too large (at most {limit} bytes)"), KEEP_TO_TEMPLATE),
    Reason.too_many_parts: (Text("部件过多（上限 {limit}）", "it has too many parts (at most {limit})"), KEEP_TO_TEMPLATE),
    Reason.inflates_too_much: (Text("解压后膨胀得离谱，像是压缩炸弹（{where}）", "it inflates far too much, like a zip bomb ({where})"), KEEP_TO_TEMPLATE),
    Reason.too_much_markup: (Text("有一个部件标记过多（{where}，上限 {limit}）", "a part has too much markup ({where}, at most {limit})"), KEEP_TO_TEMPLATE),
    Reason.too_many_cells: (Text("单元格过多（上限 {limit}）", "it has too many cells (at most {limit})"), KEEP_TO_TEMPLATE),
    Reason.too_much_formula_text: (Text("公式文字过长（{where}，上限 {limit} 字）", "its formulas are too long together ({where}, at most {limit} characters)"), KEEP_TO_TEMPLATE),
    Reason.text_too_long: (Text("有一格文字超过 {limit} 字（{where}）", "a text is longer than {limit} characters ({where})"), Text("缩短那段文字。", "Shorten that text.")),
}  # fmt: skip
WHERE = ("sheet", "cell", "row", "part", "line")  # the facts that tell where, in this order
OTHER = (_BROKEN, SAVE_AGAIN)


def _said(error: Unreadable) -> tuple[Text, Text]:
    """The reason and the remedy, the more precise where the facts allow it."""
    reason, remedy = REASONS.get(error.reason, OTHER)
    if error.reason is Reason.not_a_workbook and error.facts.get("kind") in _KINDS:
        return _OTHER_KIND, _REMEDIES.get(str(error.facts["kind"]), SEND_WORKBOOK)
    if error.reason is Reason.inflates_too_much and "limit" in error.facts:
        return _UNPACKED, remedy
    if error.reason is Reason.corrupt and "shared_string" in error.facts:
        return _NO_TEXT, remedy
    return reason, remedy


def unreadable(error: Unreadable) -> Finding:
    """The finding DV002 for a file that cannot be read."""
    reason, remedy = _said(error)
    where = " ".join(str(error.facts[name]) for name in WHERE if name in error.facts)
    facts: dict[str, object] = {
        **dict.fromkeys(("limit", "sheet", "cell"), "…"),
        "where": where[:LONGEST_QUOTE] or "zip",
        **error.facts,
    }
    facts["kind"] = _KINDS.get(str(error.facts.get("kind", ""))) or _LOOKS_LIKE.get(error.reason, "")
    return Finding("DV002", facts={"reason": reason.filled(**facts), "remedy": remedy.filled(**facts)})


# Spreadsheet programs repair such a sheet, each in its own way: what one person sees another does not.
_OF_A_SHEET: Mapping[Note, Text] = {
    Note.duplicate_cell: Text(
        "“{sheet}”里有单元格写了两遍（{count} 处），各程序读到的会不同",
        "on “{sheet}” cells are written twice ({count}), so programs differ in what they show",
    ),
    Note.cell_in_another_row: Text(
        "“{sheet}”里有单元格放在别的行里（{count} 处），各程序读到的会不同",
        "on “{sheet}” cells stand inside another row than their own ({count}), so programs differ in what they show",
    ),
    Note.foreign_element: Text(
        "“{sheet}”的写法不合规（{count} 处），各程序读到的会不同",
        "“{sheet}” is not written as sheets are ({count}), so programs differ in what they show",
    ),
}
_OF_THE_BOOK: Mapping[BookNote, tuple[Text, Text]] = {
    BookNote.styles_too_large: (
        Text("样式部分过大，没有读，日期可能被当作数字", "its styles are too large and were not read, so dates may be taken for numbers"),
        KEEP_TO_TEMPLATE,
    ),
    BookNote.styles_unreadable: (
        Text("样式部分损坏，没有读，日期可能被当作数字", "its styles are damaged and were not read, so dates may be taken for numbers"),
        SAVE_AGAIN,
    ),
}  # fmt: skip
_LIMITS = {
    Reason.too_many_cells, Reason.text_too_long, Reason.too_much_markup,
    Reason.too_much_formula_text,
}  # fmt: skip
_OUR_NAME = "wm_"
_OF_THE_TRADE = frozenset(
    [
        "opportunity",
        "stage",
        "influence",
        "support",
        "buying_roles",
        "position_class",
        "response_mode",
        "contact_frequency",
        "wants_our_success",
        "decision_order",
        "ratings",
        "statuses",
        "spin_type",
        "need_state",
        "our_score",
        "walk_away_price",
        "objection",
    ]
)
"""Columns that other lists seldom have, as 'Name', 'Owner' and 'Status' are in every second one."""


def read_differently(book: Book) -> Iterator[Finding]:
    """DV002, one a kind and sheet; the rest of the workbook is read and judged all the same."""
    for book_note in book.notes:
        if book_note in _OF_THE_BOOK:
            reason, remedy = _OF_THE_BOOK[book_note]
            yield Finding("DV002", facts={"reason": reason, "remedy": remedy})
    for sheet in book.sheets:
        for note, count in sheet.notes.items():
            if note in _OF_A_SHEET:
                words = _OF_A_SHEET[note].filled(sheet=sheet.name, count=count)
                yield Finding("DV002", sheet.name, facts={"reason": words, "remedy": SAVE_AGAIN})


def refused(source: Path | str | bytes, error: Unreadable) -> list[Finding]:
    """Why there is no book: DV002, and before it DV001 when a file that holds too much bears none of our names either."""
    finding = unreadable(error)
    if error.reason not in _LIMITS:
        return [finding]
    try:
        book = read_book(source, sheets=())
    except Unreadable:
        return [finding]
    is_ours = any(key(sheet.name) in TAB_OF for sheet in book.sheets) or any(
        name.casefold().startswith(_OUR_NAME) for name in book.defined_names
    )
    return [finding] if is_ours else [Finding("DV001"), finding]


def are_of_a_map(reads: Mapping[str, TableRead], at_home: Collection[str]) -> bool:
    """Whether tables found in a workbook without the mark are those of a war map, and not some list with like headers.

    `at_home` are those that stand on their own tab or under their own name; else two columns must be of the trade.
    """
    columns = [column.partition(".")[0] for read in reads.values() if read.place for column in read.place.columns]
    return bool(at_home) or sum(column in _OF_THE_TRADE for column in columns) > 1
