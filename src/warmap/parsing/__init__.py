"""Input of any host into the model: cells and documents in; a map, findings by cell, and places out."""

from warmap.parsing.cross import cross_findings
from warmap.parsing.document import DocumentRead, judged_on, plain, read_map, to_document
from warmap.parsing.entered import PLAIN, CellError, Context, DateSerial, Shape, ShapedNumber, Uncalculated
from warmap.parsing.grid import TableRead, read_rows, read_settings
from warmap.parsing.headers import (
    DocumentPlace,
    Grid,
    Header,
    Place,
    TablePlace,
    column_letters,
    column_number,
    find_header,
    match_header,
)
from warmap.parsing.one_record import RecordHeader, find_record, read_record
from warmap.parsing.problems import Problem

__all__ = [
    "PLAIN",
    "CellError",
    "Context",
    "DateSerial",
    "DocumentPlace",
    "DocumentRead",
    "Grid",
    "Header",
    "Place",
    "Problem",
    "RecordHeader",
    "Shape",
    "ShapedNumber",
    "TablePlace",
    "TableRead",
    "Uncalculated",
    "column_letters",
    "column_number",
    "cross_findings",
    "find_header",
    "find_record",
    "judged_on",
    "match_header",
    "plain",
    "read_map",
    "read_record",
    "read_rows",
    "read_settings",
    "to_document",
]
