"""JSON, JSON lines, CSV and Parquet: what a program reads back is what was found."""

import csv
import io
import json
import sys
from datetime import date
from decimal import Decimal

import pytest
from made_results import FORMULA, result, several, written
from pyarrow import parquet

from warmap.text import LANGUAGES
from warmap_app.command import UserError
from warmap_app.outputs import order_for
from warmap_app.outputs.columns import FILES, FINDINGS

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


class TestJson:
    def test_one_document_with_every_result_and_the_totals(self, tmp_path):
        written("json", several(), tmp_path / "r.json")
        told = json.loads((tmp_path / "r.json").read_text("utf-8"))
        assert told["files"] == several()
        assert (told["passed"], told["failed"]) == (4, 4)
        assert told["counts"]["rules"] > 0
        assert sum(told["findings_by_severity"].values()) == sum(told["findings_by_code"].values())

    def test_no_results_is_a_document_too(self, tmp_path):
        written("json", [], tmp_path / "r.json")
        assert json.loads((tmp_path / "r.json").read_text("utf-8"))["files"] == []

    def test_a_line_a_file(self, tmp_path):
        written("jsonl", several(), tmp_path / "r.jsonl")
        lines = (tmp_path / "r.jsonl").read_text("utf-8").splitlines()
        assert [json.loads(line) for line in lines] == several()

    def test_results_are_written_one_by_one(self, tmp_path, monkeypatch):
        said = io.StringIO()
        monkeypatch.setattr(sys, "stdout", said)

        def results():
            for number in range(3):
                assert said.getvalue().count("\n") == number
                yield result(f"{number}.json")

        written("jsonl", results())
        assert said.getvalue().count("\n") == 3


class TestCsv:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_a_row_a_finding_and_beside_it_a_row_a_file(self, tmp_path, lang):
        done = written("csv", several(lang), tmp_path / "r.csv", lang=lang)
        findings, files = rows_of(tmp_path / "r.csv"), rows_of(tmp_path / "r.files.csv")
        assert list(findings[0]) == [column.head.to(lang) for column in FINDINGS]
        assert list(files[0]) == [column.head.to(lang) for column in FILES]
        assert len(findings) == done.totals.findings
        assert [row[FILES[0].head.to(lang)] for row in files] == [one["file"] for one in several(lang)]
        assert "r.files.csv" in done.remarks[0].to(lang)

    def test_people_read_words_and_exact_figures(self, tmp_path):
        written("csv", several(), tmp_path / "r.csv", lang="en")
        row = rows_of(tmp_path / "r.files.csv")[0]
        assert (row["Passed"], row["Amount"], row["Close date"]) == ("Yes", "1200000.5", "2026-12-31")
        assert row["Declared stage"] == "Market research"
        assert float(row["Health"]) == several()[0]["scores"]["health"]
        assert row["Trust"] == ""

    def test_excel_sees_that_it_is_utf_8(self, tmp_path):
        written("csv", several(), tmp_path / "r.csv")
        assert (tmp_path / "r.csv").read_text("utf-8").startswith(BOM)

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
    def test_no_text_is_a_formula(self, tmp_path, start):
        written("csv", [result(account=f"{start}1+1|cmd")], tmp_path / "r.csv")
        assert rows_of(tmp_path / "r.files.csv")[0]["客户"].lstrip("\t\r\n")[0] in "'1=+-@"
        text = (tmp_path / "r.files.csv").read_text("utf-8")
        assert f"'{start.strip()}1+1|cmd" in text or f"'{start}1+1|cmd" in text or start.isspace()

    def test_numbers_below_zero_stay_numbers(self, tmp_path):
        one = result()
        one["scores"]["position"] = -1.5
        written("csv", [one], tmp_path / "r.csv")
        assert rows_of(tmp_path / "r.files.csv")[0]["竞争位置"] == "-1.5"

    def test_a_switch_leaves_the_apostrophe_out(self, tmp_path):
        for guard, told in ((True, f"'{FORMULA}"), (False, FORMULA)):
            written("csv", several(), tmp_path / f"{guard}.csv", guard=guard)
            assert told in {row["客户"] for row in rows_of(tmp_path / f"{guard}.files.csv")}

    def test_quotes_commas_and_lines_come_back_as_they_were(self, tmp_path):
        account = 'A "B", C\nD'
        written("csv", [result(account=account)], tmp_path / "r.csv")
        assert rows_of(tmp_path / "r.files.csv")[0]["客户"] == account

    @pytest.mark.parametrize(("what", "head"), [("files", "健康度"), ("findings", "单元格"), (None, "单元格")])
    def test_on_the_screen_there_is_one_table(self, capsys, what, head):
        written("csv", several(), what=what)
        said = capsys.readouterr().out
        assert head in said.splitlines()[0]
        assert BOM not in said

    @pytest.mark.parametrize("what", ["files", "findings"])
    def test_one_table_is_written_where_one_is_asked_for(self, tmp_path, what):
        written("csv", several(), tmp_path / "r.csv", what=what)
        assert [path.name for path in tmp_path.iterdir()] == ["r.csv"]

    def test_the_second_file_is_not_overwritten_either(self, tmp_path):
        (tmp_path / "r.files.csv").write_text("mine")
        with pytest.raises(UserError, match="--force"):
            order_for("csv", out=tmp_path / "r.csv", lang="zh")


class TestParquet:
    def test_two_tables_with_codes_exact_amounts_and_dates(self, tmp_path):
        written("parquet", several("en"), tmp_path / "p", lang="en")
        files = parquet.read_table(tmp_path / "p" / "files").to_pylist()
        assert [row["file"] for row in files] == [one["file"] for one in several()]
        first = files[0]
        assert (first["amount"], first["close_date"]) == (Decimal("1200000.5000"), date(2026, 12, 31))
        assert (first["passed"], first["declared_stage"]) == (True, "market_research")
        assert first["health"] == several()[0]["scores"]["health"]
        findings = parquet.read_table(tmp_path / "p" / "findings").to_pylist()
        assert len(findings) == sum(len(one["findings"]) for one in several())
        assert {row["severity"] for row in findings} <= {"critical", "major", "minor"}

    def test_the_types_are_the_same_whatever_the_rows_are(self, tmp_path):
        written("parquet", several(), tmp_path / "full")
        written("parquet", [], tmp_path / "empty")
        for name in ("files", "findings"):
            schemas = [parquet.read_schema(tmp_path / kind / name / "part-00000.parquet") for kind in ("full", "empty")]
            assert schemas[0] == schemas[1]
        kinds = {
            field.name: str(field.type) for field in parquet.read_schema(tmp_path / "full/files/part-00000.parquet")
        }
        assert (kinds["amount"], kinds["close_date"], kinds["passed"]) == ("decimal128(38, 4)", "date32[day]", "bool")
        assert set(kinds) == {column.code for column in FILES}

    def test_pandas_reads_the_folder(self, tmp_path):
        import pandas as pd

        written("parquet", several(), tmp_path / "p")
        assert list(pd.read_parquet(tmp_path / "p" / "files")["critical"]) == [0, 0, 0, 0, 1, 0, 0, 0]

    def test_many_machines_fill_one_folder(self, tmp_path):
        for part in range(3):
            written("parquet", several(), tmp_path / "p", part=part)
        assert sorted(path.name for path in (tmp_path / "p" / "files").iterdir()) == [
            f"part-0000{part}.parquet" for part in range(3)
        ]
        assert parquet.read_table(tmp_path / "p" / "files").num_rows == 24
        with pytest.raises(UserError, match="--force"):
            order_for("parquet", out=tmp_path / "p", lang="zh", part=2)

    def test_only_the_table_that_is_asked_for(self, tmp_path):
        written("parquet", several(), tmp_path / "p", what="findings")
        assert [path.name for path in (tmp_path / "p").iterdir()] == ["findings"]

    def test_an_amount_beyond_all_measure_is_left_empty_and_said(self, tmp_path):
        one = result()
        one["deal"]["amount"] = 10**35
        done = written("parquet", [one], tmp_path / "p")
        assert parquet.read_table(tmp_path / "p" / "files").to_pylist()[0]["amount"] is None
        assert "1 amounts" in done.remarks[0].en

    def test_groups_of_rows_are_written_as_they_fill(self, tmp_path, monkeypatch):
        monkeypatch.setattr("warmap_app.outputs.parquet_tables.ROWS_A_GROUP", 3)
        written("parquet", several(), tmp_path / "p")
        assert parquet.ParquetFile(tmp_path / "p/files/part-00000.parquet").num_row_groups == 3
        assert parquet.read_table(tmp_path / "p" / "files").num_rows == 8

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_without_pyarrow_one_line_says_what_to_install(self, tmp_path, monkeypatch, lang):
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(UserError) as caught:
            order_for("parquet", out=tmp_path / "p", lang=lang)
        assert 'pip install "warmap[parquet]"' in caught.value.words.to(lang)
