"""Snapshots: the map's own history travels in the workbook, and only the hidden history sheet is written for it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta

import pytest

from warmap import history
from warmap.evaluation import scores
from warmap.judgement import Judgement, judge
from warmap.model import Snapshot
from warmap.parsing import to_document
from warmap.reading import read_document
from warmap.worksheet import FUNCTIONS
from warmap_app.main import main
from warmap_app.own_functions import OwnFunctions
from warmap_udfs.dispatch import WorksheetError, call
from warmap_workbook.editing.file_edits import NoHistorySheet, with_history
from warmap_workbook.ooxml import read_book
from warmap_workbook.reading.read import read_workbook
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook

MAP = read_document(load_sample("manufacturer_mes", "zh")).map
DAY = date(2026, 5, 1)


def taken(war_map=MAP, day=DAY, author="李"):
    return history.snapshot_of(war_map, scores(judge(war_map)), day, author)


def changed(war_map=MAP):
    deal = war_map.deal.model_copy(update={"objective": "另一个目标"})
    return war_map.model_copy(update={"deal": deal})


def rule_909(war_map, **given):
    return [flag.code for flag in Judgement(war_map, **given).flags if flag.code == "RF909"]


class TestRows:
    """A snapshot as rows of text, and back."""

    @pytest.mark.parametrize(
        "snapshots",
        [
            [],
            [taken()],
            [taken(day=date(2026, 4, 1)), taken(changed(), day=date(2026, 5, 1), author=None)],
            [Snapshot(taken_on=None, author="无日期", scores={"trust": None, "band": "red"})],
            [Snapshot(taken_on=DAY, map={"deal": {"account": "_x0041_ ＜>&\n" * 20_000}})],
        ],
        ids=["none", "one", "two", "without a map", "longer than a cell"],
    )
    def test_what_is_written_is_read_back(self, snapshots):
        rows = list(history.rows_of(snapshots))
        assert history.read_rows(rows) == (snapshots, [])
        assert all(len(cell) <= 32_767 for row in rows for cell in row)

    def test_no_piece_holds_what_a_workbook_takes_for_an_escape(self):
        rows = history.rows_of([Snapshot(taken_on=DAY, map={"deal": {"account": "_x000D_"}})])
        assert all("_x" not in cell for row in rows for cell in row)

    @pytest.mark.parametrize(
        ("spoil", "unread"),
        [
            (lambda rows: rows[:-1], []),
            (lambda rows: [[*rows[0][:4], "not json"], *rows[1:]], [0]),
            (lambda rows: [[*rows[0][:3], "2/2", rows[0][4]], *rows[1:]], [0]),
            (lambda rows: [["not a day", *rows[0][1:]], *rows[1:]], [0]),
            (lambda rows: [[None, None, None, None, "[1]"], *rows], [0]),
            (lambda rows: [[], ["", "", "", "", ""], *rows], []),
        ],
        ids=["one row gone", "not JSON", "a piece missing", "no day", "no part", "blank rows"],
    )
    def test_what_cannot_be_read_is_said_and_the_rest_kept(self, spoil, unread):
        rows = list(history.rows_of([taken(), taken(day=date(2026, 4, 1))]))
        snapshots, found = history.read_rows(spoil(rows))
        assert found == unread
        assert len(snapshots) == (2 if not unread and len(spoil(rows)) >= 2 else 2 if spoil(rows)[0][0] is None else 1)


class TestStoredText:
    """What a workbook holds of a snapshot is taken on trust until somebody looks inside."""

    ROWS = tuple(history.rows_of([taken(day=date(2026, 4, 1)), taken()]))

    def test_reading_and_writing_again_parse_nothing(self, monkeypatch):
        monkeypatch.setattr(json, "loads", None)
        monkeypatch.setattr(json, "dumps", None)
        snapshots, unread = history.read_rows(self.ROWS)
        assert (list(history.rows_of(snapshots)), unread) == ([*self.ROWS], [])

    def test_the_fingerprint_beside_it_is_believed(self):
        rows = [[day, author, "f" * 16, *rest] for day, author, _, *rest in self.ROWS]
        snapshots, _ = history.read_rows(rows)
        assert history.holds_the_same(snapshots[0], "f" * 16)
        assert not history.holds_the_same(snapshots[0], history.fingerprint(MAP))
        assert [
            mark["fingerprint"]
            for mark in history.kept(MAP.model_copy(update={"snapshots": snapshots}))[0]["snapshots"]
        ] == ["f" * 16] * 2

    def test_where_none_stands_it_is_worked_out(self):
        snapshots, _ = history.read_rows([[day, author, "", *rest] for day, author, _, *rest in self.ROWS])
        assert history.holds_the_same(snapshots[0], history.fingerprint(MAP))

    @pytest.mark.parametrize("text", ["{not json}", '{"else": {}}', '{"map": []}', "{" * 100_000 + "}"])
    def test_damage_inside_is_seen_by_who_looks(self, text):
        snapshots, unread = history.read_rows([[*self.ROWS[0][:4], text], *self.ROWS[1:]])
        assert (len(snapshots), unread) == (2, [])
        assert history.undamaged(snapshots) == snapshots[:1]
        assert (dict(snapshots[1].map), dict(snapshots[1].scores)) == ({}, {})
        assert history.map_of(snapshots[1]) == read_document({"deal": {}}).map


class TestFingerprint:
    """Two maps share it when people have entered the same in both."""

    def test_the_day_of_judging_and_the_history_do_not_count(self):
        later = MAP.model_copy(
            update={"deal": MAP.deal.model_copy(update={"as_of": date(2027, 1, 1)}), "snapshots": [taken()]}
        )
        assert history.fingerprint(later) == history.fingerprint(MAP)

    def test_any_entry_does(self):
        assert history.fingerprint(changed()) != history.fingerprint(MAP)

    def test_a_map_written_out_and_read_again_keeps_it(self):
        assert history.fingerprint(read_document(to_document(MAP)).map) == history.fingerprint(MAP)
        assert history.fingerprint(read_workbook(build_workbook(MAP, "en")).map) == history.fingerprint(MAP)


class TestRule909InCells:
    """A worksheet function is given the marks of the history, and says the same as the plain module."""

    def ranges(self, war_map, name):
        book = read_book(build_workbook(war_map, "zh"))
        from warmap_workbook.reading.sheet_tables import as_handed_over, cells_of, dense_rows

        cells = []
        for argument in FUNCTIONS[name].arguments:
            found = book.named_range(argument.range_name) if argument.table else None
            cells.append(as_handed_over(cells_of(dense_rows(found[0]), found[1])) if found else None)
        return cells

    @pytest.mark.parametrize(("now", "raised"), [(MAP, True), (changed(), False)], ids=["unchanged", "changed"])
    def test_red_flags(self, now, raised):
        held = now.model_copy(update={"snapshots": [taken()]})
        assert rule_909(held) == (["RF909"] if raised else [])
        rows = call("RED_FLAGS", self.ranges(held, "RED_FLAGS"))
        assert any(row[1] == "RF909" for row in rows) is raised
        assert call("HEALTH", self.ranges(held, "HEALTH")) == judge(held).health.score

    def test_a_long_history_is_seen_to_its_end(self, monkeypatch):
        """A snapshot of a big map takes several rows, and all that the map holds must stand in the cells' range."""
        monkeypatch.setattr(history, "LONGEST_PIECE", 4_000)
        weeks = [taken(day=MAP.deal.as_of - timedelta(7 * back)) for back in range(20, 0, -1)]
        held = MAP.model_copy(update={"snapshots": weeks})
        assert len(list(history.rows_of(weeks))) > history.MARKED_ROWS
        found = read_workbook(build_workbook(held, "zh")).findings
        assert [(one.code, one.field) for one in found] == [("DV210", "target_price")]  # below walk-away on purpose
        rows = call("RED_FLAGS", self.ranges(held, "RED_FLAGS"))
        assert any(weeks[0].taken_on.isoformat() in str(row) for row in rows if row[1] == "RF909")

    def test_a_range_that_is_no_history(self):
        arguments = self.ranges(MAP, "HEALTH")
        place = [a.table for a in FUNCTIONS["HEALTH"].arguments].index("snapshots")
        arguments[place] = (("姓名",), ("王",))
        with pytest.raises(WorksheetError, match="taken_on"):
            call("HEALTH", arguments)


class TestWorkbook:
    """The workbook people have worked in keeps all its other parts."""

    def parts(self, data):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return {name: book.read(name) for name in book.namelist()}

    def test_only_the_sheets_of_the_history_are_written_anew(self):
        before = build_workbook(MAP, "zh")
        snapshot = taken(day=MAP.deal.as_of)
        after = with_history(before, [snapshot], OwnFunctions())
        old, new = self.parts(before), self.parts(after)
        assert old.keys() == new.keys()
        changed = {name for name in old if old[name] != new[name]}
        assert len(changed) == 2  # where it is kept, and Deal history, whose stored results are renewed
        intake = read_workbook(after)
        assert intake.map.snapshots == [snapshot]
        assert intake.findings == read_workbook(before).findings

    def test_a_workbook_without_the_sheet(self):
        parts = self.parts(build_workbook(MAP, "zh"))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as book:
            for name, data in parts.items():
                book.writestr(name, data.replace(b'name="_history"', b'name="else"'))
        with pytest.raises(NoHistorySheet):
            with_history(out.getvalue(), [taken()], OwnFunctions())

    def test_a_snapshot_that_cannot_be_read_is_found_by_cell(self):
        spoilt = with_history(build_workbook(MAP, "zh"), [taken()], OwnFunctions())
        part = next(name for name, data in self.parts(spoilt).items() if b"taken_on" in data)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as book:
            for name, data in self.parts(spoilt).items():
                book.writestr(name, data.replace(b"{&quot;", b"x").replace(b'{"scores', b"x") if name == part else data)
        (finding,) = [f for f in read_workbook(out.getvalue()).findings if f.field == "snapshots"]
        assert (finding.code, finding.sheet, finding.cell) == ("DV203", "_history", "E2")


class TestCommands:
    """warmap history and warmap diff."""

    @pytest.fixture
    def workbook(self, tmp_path):
        path = tmp_path / "deal.xlsx"
        path.write_bytes(build_workbook(MAP, "zh"))
        return path

    def test_a_snapshot_is_taken_and_shown(self, workbook, tmp_path, capsys):
        out = tmp_path / "kept.xlsx"
        assert main(["history", str(workbook), "--add", "--author", "王", "-o", str(out), "--lang", "en"]) == 0
        assert "snapshot of 2026" in capsys.readouterr().out
        assert main(["history", str(out), "--json"]) == 0
        assert '"author": "王"' in capsys.readouterr().out
        assert main(["history", str(out), "--lang", "zh"]) == 0
        assert "现在" in capsys.readouterr().out
        assert main(["diff", str(out), "--lang", "zh"]) == 0
        assert "没有区别" in capsys.readouterr().out

    @pytest.mark.parametrize(
        "arguments",
        [["history", "{book}", "--add"], ["diff", "{book}"], ["history", "nowhere.xlsx"]],
        ids=["no -o", "no snapshot", "no file"],
    )
    def test_wrong_use_is_one_line(self, workbook, arguments, capsys):
        assert main([word.format(book=workbook) for word in arguments]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1

    def test_nothing_is_overwritten_unasked(self, workbook, capsys):
        assert main(["history", str(workbook), "--add", "-o", str(workbook)]) == 2
        assert "--force" in capsys.readouterr().err
