"""Export: the map with its scores as one JSON file, its tables and results as a folder of CSV files."""

import json
import re
import unicodedata
from datetime import date

from warmap.evaluation import evaluate
from warmap.model import TABLES, Deal, Field, Kind, Table
from warmap.parsing import to_document
from warmap.parsing.days import EXCEL
from warmap.text import Text
from warmap.worksheet import FUNCTIONS
from warmap_addin.macros.edits import PATH, Edit, SaveFile, SaveFolder, Say
from warmap_addin.macros.open_book import Opened, fill
from warmap_app.outputs.csv_tables import csv_of_rows
from warmap_workbook.writing.input_cells import cell_values, competitor_names

RESULTS = {"scores": "SCORES", "red_flags": "RED_FLAGS", "next_actions": "NEXT_ACTIONS", "check": "CHECK"}
JSON_SAVED = Text("已导出地图和得分：\n{path}", "The map with its scores is exported to:\n{path}")
CSV_SAVED = Text("已导出 {count} 个 CSV 文件到：\n{path}", "{count} CSV files are exported to:\n{path}")
FIELD, VALUE = Text("项目", "Field"), Text("内容", "Value")
REFUSED = re.compile(r'[<>:"/\\|?*#%&{}$!\'`@+=~^;,\s]+')  # Windows refuses the first nine, cloud folders some others
LONGEST_PART = 60
UNNAMED = "war_map"


def export_json(opened: Opened) -> list[Edit]:
    """Everything entered under the tables' names, which every command of ours reads; the judgement as `evaluation`."""
    entries = opened.entries
    judged = evaluate(
        opened.judgement, entries.findings, lang=opened.lang, language=entries.lang,
        file=opened.book.file, template_version=entries.template_version,
    )  # fmt: skip
    judged.pop("deal")
    document = {**to_document(entries.map), "evaluation": judged}
    content = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False).encode("utf-8", "backslashreplace")
    name = file_name(entries.map.deal, entries.map.deal.as_of or opened.today)
    return [SaveFile(f"{name}.json", content), Say(fill(JSON_SAVED, opened.lang, path=PATH), names_path=True)]


def export_csv(opened: Opened) -> list[Edit]:
    """A file for each table that has something in it (but the history, which holds whole maps), and for the scores, flags, next actions and findings."""
    files = [
        (f"{table.code}.csv", csv_of_rows(rows)) for table in TABLES if len(rows := _table_rows(opened, table)) > 1
    ]
    for name, function in RESULTS.items():
        result = FUNCTIONS[function].compute(opened.call)
        assert not isinstance(result, str | float | None)
        heads = [column.to(opened.lang) for column in FUNCTIONS[function].columns]
        files.append((f"{name}.csv", csv_of_rows([heads, *result])))
    deal = opened.entries.map.deal
    name = f"{file_name(deal, deal.as_of or opened.today)}_csv"
    words = fill(CSV_SAVED, opened.lang, count=len(files), path=PATH)
    return [SaveFolder(name, tuple(files)), Say(words, names_path=True)]


def _table_rows(opened: Opened, table: Table) -> list[list[object]]:
    """A table with its header, as the sheet shows it; dates as ISO dates."""
    lang, content = opened.lang, getattr(opened.entries.map, table.code)
    if table.is_record:
        values = cell_values(table, content, lang)
        rows = [[f.label.to(lang), _shown(f, values[f.code])] for f in table.fields if f.code in values]
        return [[FIELD.to(lang), VALUE.to(lang)], *rows]
    rivals = competitor_names(content) if table.open_field else []
    lines: list[list[object]] = [[*(f.label.to(lang) for f in table.fields), *rivals]]
    for row in content:
        values = cell_values(table, row, lang)
        own = [_shown(f, values.get(f.code)) for f in table.fields]
        lines.append([*own, *(values.get(f"scores.{rival}") for rival in rivals)])
    return lines


def _shown(field: Field, value: object) -> object:
    if field.kind is Kind.DATE and isinstance(value, int):
        return EXCEL.shows(value)
    return value


def file_name(deal: Deal, day: date | None) -> str:
    """The name without its ending; what is blank is left out."""
    parts = [part for words in (deal.account, deal.opportunity) if (part := safe(words or ""))]
    return "_".join([*(parts or [UNNAMED]), *([day.isoformat()] if day else [])])


def safe(words: str) -> str:
    """Words as part of a file name: no separators, no control or direction marks, not too long, no dot at either end."""
    plain = "".join(
        char if unicodedata.category(char)[0] != "C" else " " for char in unicodedata.normalize("NFC", words)
    )
    return REFUSED.sub("_", plain).strip("._- ")[:LONGEST_PART].strip("._- ")
