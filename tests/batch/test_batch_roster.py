"""Who was to hand in, and has not: a roster in every form people keep one, compared by names as everywhere."""

import json
import os
import re
from datetime import date

import pytest
from submitted import a_map, write

from warmap_app.command import UserError
from warmap_app.opening import MOST_BYTES
from warmap_app.roster import Attendance, Expected, HandIn, read_roster

TODAY = date(2026, 7, 10)
LINES = [
    Expected("华信", "核心网", "李晨", date(2026, 7, 1)),
    Expected("Acme Ltd", "", "Eli", date(2026, 7, 31)),
    Expected("", "", "Zhang San", None),
]
HEADS_ZH, HEADS_EN = "客户,商机,销售,截止日", "Account,Opportunity,Rep,Due"
BODY = "华信,核心网,李晨,2026-07-01\r\nAcme Ltd,,Eli,2026/7/31\r\n,,Zhang San,\r\n,,,\r\n"


def came(account=None, opportunity=None, owner=None, file="a.json", passed=True, **more):
    return {
        "file": file,
        "passed": passed,
        "deal": {"account": account, "opportunity": opportunity, "owner": owner},
        **more,
    }


def told(roster, *results):
    """(status, file, remark) of every line."""
    attendance = Attendance(roster, TODAY)
    for result in results:
        attendance.add(result)
    return [(line.status.value, line.file, line.remark.en) for line in attendance.lines()]


class TestReading:
    @pytest.mark.parametrize(
        "data",
        [
            f"{HEADS_ZH}\r\n{BODY}".encode("utf-8-sig"),
            f"{HEADS_ZH}\r\n{BODY}".encode("gb18030"),
            f"{HEADS_EN}\r\n{BODY}".encode(),
            f"{HEADS_EN}\r\n{BODY}".replace(",", ";").encode(),
            f"{HEADS_EN}\r\n{BODY}".replace(",", "\t").encode(),
            f"\r\nNo.,{HEADS_EN}\r\n{BODY}".replace("\r\n华", "\r\n1,华")
            .replace("\r\nA", "\r\n2,A")
            .replace("\r\n,,Z", "\r\n3,,,Z")
            .encode(),
        ],
        ids=["utf-8", "gb18030", "english", "semicolons", "tabs", "another column first"],
    )
    def test_csv(self, tmp_path, data):
        (tmp_path / "r.csv").write_bytes(data)
        assert read_roster(tmp_path / "r.csv")[:3] == LINES

    @pytest.mark.parametrize("name", ["r.yaml", "r.json"])
    def test_documents(self, tmp_path, name):
        rows = [
            {
                "account": one.account,
                "opportunity": one.opportunity,
                "rep": one.rep,
                "due": one.due and one.due.isoformat(),
            }
            for one in LINES
        ]
        (tmp_path / name).write_text(json.dumps(rows, indent="\t" if name == "r.json" else None), "utf-8")
        assert read_roster(tmp_path / name) == LINES

    @pytest.mark.parametrize("is_1904", [False, True])
    def test_a_workbook(self, tmp_path, is_1904):
        from xlsxwriter import Workbook

        with Workbook(tmp_path / "r.xlsx", {"date_1904": is_1904}) as book:
            sheet = book.add_worksheet()
            sheet.write_row(1, 1, ["客户", "商机", "销售", "截止日期"])
            for row, one in enumerate(LINES, 2):
                sheet.write_row(row, 1, [one.account, one.opportunity, one.rep])
                if one.due:
                    sheet.write_datetime(row, 4, one.due, book.add_format({"num_format": "yyyy-mm-dd"}))
        assert read_roster(tmp_path / "r.xlsx") == LINES

    @pytest.mark.parametrize(
        ("name", "data", "words"),
        [
            ("none.csv", None, "cannot be read"),
            ("a.csv", b"name,when\nx,y\n", "should be heads"),
            ("a.csv", b"", "should be heads"),
            ("a.csv", b"account,due\nx,soon\n", "line 2: “soon” under due is no date"),
            ("a.json", b"{}", "should be a list"),
            ("a.json", b"[1]", "should be a list"),
            ("a.yaml", b"a: [", "cannot be read"),
            ("a.xlsx", b"PK\x03\x04 no", "cannot be read"),
        ],
    )
    def test_what_cannot_be_used_is_said(self, tmp_path, name, data, words):
        if data is not None:
            (tmp_path / name).write_bytes(data)
        with pytest.raises(UserError) as found:
            read_roster(tmp_path / name)
        assert words in found.value.words.en
        assert re.search("[\u4e00-\u9fff]", found.value.words.zh.rpartition("：")[2])


class TestLimits:
    """A roster may come from others: reading one costs this process nothing but the lines."""

    def test_too_large(self, tmp_path):
        with (tmp_path / "r.csv").open("wb") as file:
            file.truncate(MOST_BYTES + 1)
        with pytest.raises(UserError, match="the file is too large"):
            read_roster(tmp_path / "r.csv")

    def test_what_ends_its_reader_ends_nothing_else(self, tmp_path, monkeypatch):
        monkeypatch.setattr(
            "threading.active_count", lambda: 1
        )  # so that the reader is forked, with what is changed here
        (tmp_path / "r.csv").write_text("account,rep\nA,B\n")
        monkeypatch.setattr("warmap_app.listing.file_bytes", lambda *_: os._exit(1))
        with pytest.raises(UserError, match=r"r\.csv"):
            read_roster(tmp_path / "r.csv")


class TestWhoHasHandedIn:
    def test_nobody(self):
        assert told(LINES) == [("overdue", "", "9 days overdue"), ("missing", "", ""), ("missing", "", "")]

    @pytest.mark.parametrize(
        ("result", "line", "remark"),
        [
            (came("华 信", "核心网", "李晨"), 0, ""),
            (came("华信", "核心\u200b网", "李 晨"), 0, ""),
            (came("华信股份有限公司", "核心网", "李晨"), 0, "the map calls it “华信股份有限公司”"),
            (came("华信", "核心网", "王芳"), 0, "the map's rep is 王芳"),
            (came("ACME LTD", "anything", "Eli"), 1, ""),
            (came("Acme Limited", "anything", "Eli"), 1, "the map calls it “Acme Limited”"),
            (came("Other", "x", "zhang  san"), 2, ""),
        ],
    )
    def test_one(self, result, line, remark):
        attendance = Attendance(LINES, TODAY)
        attendance.add(result)
        assert [bool(one.came) for one in attendance.expected] == [place == line for place in range(3)]
        (handed_in,) = [one for one in attendance.lines() if one.file]
        assert (handed_in.status, handed_in.remark.en) == (HandIn.HANDED_IN, remark)

    def test_another_opportunity_of_an_account_is_not_what_was_asked_for(self):
        assert told(LINES, came("华信", "别的", "李晨"))[-1] == ("not_on_roster", "a.json", "")

    def test_a_file_that_did_not_pass_and_one_that_tells_nothing(self):
        found = told(LINES, came("华信", "核心网", "李晨", passed=False), came(file="broken.xlsx", passed=False))
        assert found[2] == ("not_passed", "a.json", "")
        assert found[3] == ("unknown", "broken.xlsx", "")

    def test_of_several_files_the_one_that_counts_is_named(self):
        first = came("华信", "核心网", "李晨", "old.json", counted_instead="new.json")
        new = came("华信", "核心网", "李晨", "new.json")
        for results in ((first, new), (new, first)):
            assert ("handed_in", "new.json", "files handed in: 2") in told(LINES, *results)


class TestTheCommand:
    @pytest.fixture
    def folder(self, tmp_path):
        write(tmp_path / "in" / "a.json", a_map())
        write(tmp_path / "in" / "b.json", a_map("Nobody", "x"))
        (tmp_path / "in" / "c.pdf").write_bytes(b"%PDF")
        (tmp_path / "roster.csv").write_text(f"{HEADS_EN}\n{BODY}", "utf-8", newline="")
        return tmp_path / "in"

    def test_the_json_tells_all(self, folder, run):
        document = json.loads(run("check", "in", "--roster", "roster.csv", "--format", "json", "--lang", "en")[1])
        assert {name: document["roster"][name] for name in ("expected", "came", "missing", "others")} == {
            "expected": 3, "came": 1, "missing": 2, "others": 1,
        }  # fmt: skip
        assert [line["status"] for line in document["roster"]["lines"]][-2:] == ["handed_in", "not_on_roster"]
        assert [one["file"] for one in document["not_taken"]] == ["in/c.pdf"]

    def test_the_roster_is_no_submission_though_it_lies_in_the_folder(self, folder, run):
        (folder / "roster.xlsx").write_bytes((folder.parent / "roster.csv").read_bytes())
        (folder / "roster.csv").write_bytes((folder.parent / "roster.csv").read_bytes())
        document = json.loads(run("check", "in", "--roster", "in/roster.csv", "--format", "json")[1])
        assert "in/roster.csv" not in [one["file"] for one in document["not_taken"]]

    def test_the_roster_is_never_written_over(self, folder, run):
        code, _, _ = run("check", "in", "--roster", "roster.csv", "--format", "csv", "-o", "roster.csv", "--force")
        assert code == 2
        assert (folder.parent / "roster.csv").read_bytes().startswith(b"Account")

    def test_a_roster_that_is_no_one_is_one_line(self, folder, run):
        code, out, err = run("check", "in", "--roster", "in/c.pdf", "--lang", "en")
        assert (code, out, err.count("\n")) == (2, "", 1)
