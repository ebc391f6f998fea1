"""What stands beside the results: entries that were not taken and the roster, counted and listed in every format."""

import csv
import io
import json
from datetime import date

import pytest
from made_results import result, several, unreadable, written

from warmap.text import LANGUAGES, Text
from warmap_app.opening import NotTaken
from warmap_app.outputs import FILE_NAMES, FORMATS
from warmap_app.outputs.beside import Beside
from warmap_app.roster import Expected

HOSTILE = "<script>alert(1)</script>=1+1.csv"
BESIDE = Beside(
    [NotTaken("in/old.csv", (Text("纯文本", "plain text"), Text("交工作簿", "submit a workbook"))),
     NotTaken(HOSTILE, (Text("纯文本", "plain text"), Text("交工作簿", "submit a workbook")))],
    [Expected("华信科技", "核心网", "李晨", date(2026, 6, 1)), Expected("Missing & Co", "", "Eli", date(2026, 6, 1))],
    date(2026, 6, 11),
)  # fmt: skip


def everything(folder):
    """All text that a format wrote."""
    paths = [path for path in ([folder] if folder.is_file() else folder.rglob("*")) if path.is_file()]
    found = ""
    for path in [*paths, *folder.parent.glob(f"{folder.stem}.*.x")]:
        data = path.read_bytes()
        if path.suffix == ".parquet":
            import pyarrow.parquet

            found += json.dumps(pyarrow.parquet.read_table(path).to_pylist(), default=str, ensure_ascii=False)
        elif data.startswith(b"PK"):
            from openpyxl import load_workbook

            for sheet in load_workbook(io.BytesIO(data)):
                found += "\n".join(str(value) for row in sheet.iter_rows(values_only=True) for value in row if value)
        else:
            found += data.decode("utf-8", "replace")
    return found


class TestEveryFormat:
    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("name", FORMATS)
    def test_every_entry_and_who_is_missing_are_told(self, name, tmp_path, lang):
        written(name, several(lang), tmp_path / "out.x", lang=lang, beside=BESIDE)
        text = everything(tmp_path / "out.x")
        assert "in/old.csv" in text
        assert {"zh": "纯文本", "en": "plain text"}[lang] in text
        assert "Missing & Co" in text.replace("&amp;", "&")
        assert "<script>alert(1)" not in text or name != "html"

    @pytest.mark.parametrize("name", [name for name in FORMATS if name not in {"csv", "parquet", "jsonl", "json"}])
    def test_they_are_counted_in_words(self, name, tmp_path):
        written(name, several("en"), tmp_path / "out.x", lang="en", beside=BESIDE)
        text = everything(tmp_path / "out.x")
        assert "not taken, each listed with the reason: 2" in text
        assert "On the roster: 2." in text
        assert "(overdue: 1)" in text

    @pytest.mark.parametrize("name", FORMATS)
    def test_nothing_is_said_where_there_is_nothing(self, name, tmp_path):
        written(name, several("en"), tmp_path / "out.x", lang="en")
        text = everything(tmp_path / "out.x")
        assert "oster" not in text
        assert "ot taken" not in text

    @pytest.mark.parametrize("name", ["table", "csv", "mail", "notes", "html"])
    def test_what_a_rep_wrote_steers_no_terminal(self, name, tmp_path, capsys):
        hostile = result("x.json", account="\x1b[31mRed\u202e\nx", opportunity="\x07")
        for out in [tmp_path / "out.x"] if name in {"mail", "notes", "html"} else [None, tmp_path / "out.x"]:
            done = written(name, [hostile], out, beside=BESIDE, lang="en")
            said = capsys.readouterr().out + "".join(remark.en for remark in done.remarks)
            text = said + (everything(out) if out else "")
            assert not {"\x1b", "\u202e", "\x07"} & {*text}

    def test_names_are_no_formulas_in_csv(self, tmp_path):
        beside = Beside([NotTaken("=1+1.csv", (Text("纯", "p"), Text("交", "s")))])
        written("csv", [], tmp_path / "out.csv", beside=beside)
        rows = list(csv.reader((tmp_path / "out.not_taken.csv").read_text("utf-8-sig").splitlines()))
        assert rows[1][0] == "'=1+1.csv"

    def test_what_is_there_is_refused_beforehand(self, tmp_path):
        from warmap_app.command import UserError

        (tmp_path / "out.roster.csv").write_text("mine")
        with pytest.raises(UserError, match="--force"):
            written("csv", [], tmp_path / "out.csv", beside=BESIDE)


class TestAmounts:
    """Every total says how much of it stands on files that did not pass, and counts a deal once."""

    def test_by_currency(self, tmp_path):
        results = [
            result("a.json"),
            result("b.json", account="B", stage=None, amount=300),
            {**result("c.json"), "counted_instead": "a.json"},
            result("d.json", account="D", currency="USD", amount=5),
            unreadable(),
        ]
        totals = written("json", results, tmp_path / "out.json").totals
        assert totals.plain("en")["amounts"] == {
            "CNY": {"deals": 2, "amount": 1200300.5, "deals_not_passed": 1, "amount_not_passed": 300.0},
            "USD": {"deals": 1, "amount": 5.0, "deals_not_passed": 0, "amount_not_passed": 0.0},
        }
        assert totals.said("en")[0] == (
            "CNY: 1,200,300.5 (deals, each counted once: 2), of which 300 comes from files that did not pass (deals: 1)."
        )
        assert (
            totals.said("zh")[0]
            == "CNY：2 个商机共 1,200,300.5（同一商机只计一次），其中 1 个共 300 来自未通过的文件。"
        )

    def test_where_all_passed_nothing_is_said_of_what_did_not(self, tmp_path):
        totals = written("json", [result("a.json")], tmp_path / "out.json").totals
        assert totals.said("en")[0] == "CNY: 1,200,000.5 (deals, each counted once: 1)."
        assert totals.said("zh")[0] == "CNY：1 个商机共 1,200,000.5（同一商机只计一次）。"


class TestSeveral:
    def test_every_format_has_a_name_in_a_folder(self):
        assert FILE_NAMES.keys() == FORMATS.keys()
        assert len(set(FILE_NAMES.values())) == len(FORMATS)

    def test_all_of_one_run(self, run, quiet_terminal, tmp_path):
        (tmp_path / "a.json").write_text(json.dumps({"deal": {"account": "A"}}), "utf-8")
        words = [word for name in FORMATS for word in ("--format", name)]
        code, out, _ = run("check", "a.json", *words, "-o", "week", "--lang", "en")
        assert (code, out) == (1, "0 passed, 1 did not pass; written: week\n")
        assert {path.name for path in (tmp_path / "week").iterdir()} == {*FILE_NAMES.values(), "check.files.csv"}
        again = run("check", "a.json", *words, "-o", "week", "--lang", "en")
        assert again[0] == 2
        assert "--force" in again[2]

    def test_it_needs_a_folder(self, run, quiet_terminal, tmp_path):
        (tmp_path / "a.json").write_text("{}")
        assert run("check", "a.json", "--format", "json", "--format", "html")[0] == 2
        assert run("check", "a.json", "--format", "json", "--format", "html", "-o", "a.json")[0] == 2

    def test_the_same_format_twice_is_one(self, run, quiet_terminal, tmp_path):
        (tmp_path / "a.json").write_text("{}")
        run("check", "a.json", "--format", "json", "--format", "json", "-o", "out.json")
        assert json.loads((tmp_path / "out.json").read_text("utf-8"))["failed"] == 1
