"""Zip archives of submissions: their members are files like others, and whatever an archive is, the batch goes on."""

import struct
import zipfile

import pytest
from submitted import MAP, a_map, as_json, codes, write_zip

from warmap_app.batch.archives import ArchiveLimits, archive_sources
from warmap_app.batch.asked import asked_for
from warmap_app.batch.one import Terms, check_one
from warmap_app.batch.sources import OnDisk
from warmap_app.opening import NotTaken

GOOD = as_json(MAP)
SMALL = ArchiveLimits(members=5, directory_bytes=2000, member_bytes=10_000, ratio=10, ratio_from_bytes=1000)


def results(path, limits=None):
    """Results by name inside the archive, judged in English."""
    sources = (
        archive_sources(OnDisk(str(path)), path.name, "1", limits) if limits else asked_for([str(path.name)]).sources
    )
    told = [check_one(source, Terms("en"))["result"] for source in sources]
    return {result["file"].removeprefix(path.name).lstrip("/"): result for result in told}


def why(result):
    """Why a file was not read; it has this one finding."""
    assert codes(result) == ["DV002"]
    return result["findings"][0]["message"].removeprefix("The file cannot be read: ")


class TestMembers:
    @pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    def test_workbooks_and_maps_in_nested_folders_in_order_of_name(self, tmp_path, compression):
        members = {
            "z.json": GOOD,
            "team/b/deep.json": GOOD,
            "a.yaml": GOOD,
            "team/": b"",
            "read me.txt": b"x",
            "pic.png": b"x",
        }
        path = write_zip(tmp_path / "w.zip", members, compression=compression)
        found = results(path)
        assert list(found) == ["a.yaml", "team/b/deep.json", "z.json"]
        assert all(result["passed"] for result in found.values())

    def test_they_are_shown_below_the_archive(self, tmp_path):
        write_zip(tmp_path / "in" / "week47.zip", {"acme.json": GOOD})
        assert [source.name for source in asked_for(["in"]).sources] == ["in/week47.zip/acme.json"]

    def test_what_people_did_not_pack_is_left_out(self, tmp_path):
        members = {"__MACOSX/._a.json": b"x", "~$a.xlsx": b"x", ".hidden/a.json": b"x", "a.json": GOOD}
        assert list(results(write_zip(tmp_path / "w.zip", members))) == ["a.json"]

    @pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
    def test_chinese_names_of_windows_are_read(self, tmp_path, encoding):
        raw = "华信集团.json".encode(encoding)
        path = write_zip(tmp_path / "w.zip", {"x" * len(raw): GOOD})
        path.write_bytes(path.read_bytes().replace(b"x" * len(raw), raw))
        assert list(results(path)) == ["华信集团.json"]

    def test_names_with_control_characters_are_shown_safely(self, tmp_path):
        assert list(results(write_zip(tmp_path / "w.zip", {"a\x1b[2J.json": GOOD}))) == ["a�[2J.json"]

    def test_a_member_that_is_no_map_is_a_finding_of_its_own(self, tmp_path):
        found = results(write_zip(tmp_path / "w.zip", {"a.json": GOOD, "b.xlsx": b"<html><body>", "c.xls": b"a,b\n"}))
        assert found["a.json"]["passed"]
        assert "web page" in why(found["b.xlsx"])
        assert "CSV" in why(found["c.xls"])


class TestRefusedMembers:
    """Each is one finding with clear words; the members beside it are checked."""

    def test_a_path_that_leads_out_of_the_archive(self, tmp_path):
        names = ["../a.json", "/etc/a.json", "b/../../c.json", "C:/d.json", "..\\e.json"]
        found = results(write_zip(tmp_path / "w.zip", {**dict.fromkeys(names, GOOD), "good.json": GOOD}))
        assert found.pop("good.json")["passed"]
        assert len(found) == len(names)
        assert {why(result) for result in found.values()} == {"its path inside the archive is not a proper one"}

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_two_of_one_name_in_any_case(self, tmp_path):
        members = [
            ("a.json", GOOD),
            ("A.JSON", GOOD),
            ("b.json", GOOD),
            ("b.json", as_json(a_map("x"))),
            ("c.json", GOOD),
        ]
        write_zip(tmp_path / "w.zip", members)
        told = [check_one(source, Terms("en"))["result"] for source in asked_for(["w.zip"]).sources]
        assert [(result["file"], result["passed"]) for result in told] == [
            ("w.zip/A.JSON", False), ("w.zip/a.json", False), ("w.zip/b.json", False), ("w.zip/c.json", True),
        ]  # fmt: skip
        assert {why(result) for result in told[:3]} == {"the archive holds two files of this name"}

    def test_an_archive_inside(self, tmp_path):
        inner = write_zip(tmp_path / "inner.zip", {"a.json": GOOD}).read_bytes()
        found = results(write_zip(tmp_path / "w.zip", {"inner.zip": inner, "b.json": GOOD}))
        assert "inside an archive" in why(found["inner.zip"])
        assert found["b.json"]["passed"]

    def test_one_with_a_password(self, tmp_path):
        path = write_zip(tmp_path / "w.zip", {"a.json": GOOD, "b.json": GOOD})
        data = bytearray(path.read_bytes())
        data[data.index(b"PK\x01\x02") + 8] |= 1  # the first entry of the directory
        path.write_bytes(data)
        found = results(path)
        assert "password" in why(found["a.json"])
        assert found["b.json"]["passed"]

    def test_one_that_inflates_like_a_bomb(self, tmp_path):
        path = write_zip(tmp_path / "w.zip", {"a.json": bytes(5000), "b.json": GOOD})
        assert "zip bomb" in why(results(path, SMALL)["a.json"])
        assert results(path, SMALL)["b.json"]["passed"]

    def test_one_that_is_too_large(self, tmp_path):
        path = write_zip(tmp_path / "w.zip", {"a.json": bytes(20_000)}, compression=zipfile.ZIP_STORED)
        assert why(results(path, SMALL)["a.json"]) == "the file is too large"

    def test_one_packed_in_another_way(self, tmp_path):
        path = write_zip(tmp_path / "w.zip", {"a.json": GOOD}, compression=zipfile.ZIP_BZIP2)
        assert "not supported" in why(results(path)["a.json"])

    @pytest.mark.parametrize("field", [16, 24], ids=["sum", "size"])
    @pytest.mark.parametrize("by", [1, -1])
    def test_one_whose_size_or_sum_is_a_lie(self, tmp_path, field, by):
        path = write_zip(tmp_path / "w.zip", {"a.json": GOOD})
        data = bytearray(path.read_bytes())
        place = data.index(b"PK\x01\x02") + field
        (value,) = struct.unpack_from("<L", data, place)
        struct.pack_into("<L", data, place, value + by)
        path.write_bytes(data)
        assert why(results(path)["a.json"]) == "the archive is damaged"


class TestRefusedArchives:
    """The whole archive is one finding, under its own name."""

    def test_too_many_members(self, tmp_path):
        path = write_zip(tmp_path / "w.zip", {f"{place}.json": GOOD for place in range(6)})
        assert why(results(path, SMALL)[""]) == "the archive holds too many files"

    def test_a_directory_that_is_too_large(self, tmp_path):
        path = write_zip(
            tmp_path / "w.zip", {"a" * 60_000: b"", **{f"{'b' * 60_000}{place}": b"" for place in range(3)}}
        )
        assert why(results(path, SMALL)[""]) == "the archive holds too many files"

    def test_members_that_share_their_bytes(self, tmp_path):
        path = write_zip(tmp_path / "w.zip", {"a.json": GOOD, "b.json": GOOD})
        data = bytearray(path.read_bytes())
        struct.pack_into("<L", data, data.rindex(b"PK\x01\x02") + 42, 0)
        path.write_bytes(data)
        assert "zip bomb" in why(results(path)[""])

    @pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04 no", b"x" * 100_000, b"PK\x05\x06" + b"\xff" * 18])
    def test_what_is_no_archive(self, tmp_path, data):
        (tmp_path / "w.zip").write_bytes(data)
        assert why(results(tmp_path / "w.zip")[""]) == "the archive is damaged"

    def test_any_byte_changed_is_a_result_or_a_finding(self, tmp_path):
        path = write_zip(tmp_path / "w.zip", {"a.json": GOOD, "b.json": GOOD})
        whole = path.read_bytes()
        for place in range(whole.index(b"PK\x01\x02"), len(whole)):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
            for source in archive_sources(OnDisk(str(path)), "w.zip", ""):
                if isinstance(source, NotTaken):
                    continue
                assert codes(check_one(source, Terms("en"))["result"]) in ([], ["DV002"], ["DV001"])

    @pytest.mark.parametrize("part", [0.3, 0.7, 0.99])
    def test_an_archive_that_was_cut_off(self, tmp_path, part):
        path = write_zip(tmp_path / "w.zip", {"a.json": GOOD})
        path.write_bytes(path.read_bytes()[: int(len(path.read_bytes()) * part)])
        assert why(results(path)[""]) == "the archive is damaged"

    def test_an_archive_without_maps_is_nothing_to_check(self, tmp_path, run):
        write_zip(tmp_path / "w.zip", {"a.txt": b"x"})
        assert run("check", "w.zip")[0] == 2
