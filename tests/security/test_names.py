"""Security, line 5: whatever people and files are called, one name ends nothing, and no two names are one file."""

import json
import unicodedata

import pytest

from warmap_app.main import main
from warmap_app.outputs.destination import file_name

LONG = "\N{GRINNING FACE}" * 80  # 320 bytes
NASTY = [
    LONG, "客户" * 200, "a" * 500, "é" * 200, "\udce9", "CON", "con.txt", "PRN ", "AUX.", "NUL", "COM0", "com9", "LPT0.xlsx",
    "COM¹", "LPT³.csv", "CONIN$", "CLOCK$", "...", " . ", "", "..", "a/../../b", "C:\\x", "x\0y", "x\ny", "\u202exslx", "name. ",
]  # fmt: skip
RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"} | {
    f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³"
}


@pytest.mark.parametrize("suffix", ["", ".csv", ".xlsx"])
@pytest.mark.parametrize("words", NASTY)
def test_every_name_is_one_that_every_disk_takes(words, suffix, tmp_path):
    name = file_name(words, set(), suffix)
    assert len(name.encode()) + (0 if suffix else len(".xlsx")) <= 255
    assert name.rstrip(" .") == name
    assert not set(name) & set('<>:"/\\|?*\0\n')
    (tmp_path / name).write_bytes(b"x")


@pytest.mark.parametrize("ending", ["", ".", " ", ".txt", " .txt", ".tar.gz"])
@pytest.mark.parametrize("reserved", sorted(RESERVED))
def test_no_name_is_a_device_of_windows(reserved, ending):
    for words in (reserved, reserved.lower(), reserved.title()):
        assert file_name(words + ending, set(), ".csv").partition(".")[0].strip().upper() not in RESERVED


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
@pytest.mark.parametrize("words", ["Café", "STRASSE", "ＡＢＣ", "ﬁle"])
def test_names_that_a_disk_takes_for_one_get_numbers(words, form):
    taken = set()
    file_name(words, taken)
    assert file_name(unicodedata.normalize(form, words).lower(), taken).endswith(" (2)")


def test_names_of_the_greatest_length_get_numbers_too():
    taken = set()
    names = [file_name(LONG, taken, ".csv") for _ in range(3)]
    assert len(set(names)) == 3
    assert all(len(name.encode()) <= 255 for name in names)


def test_one_long_name_does_not_end_all_letters(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for place, owner in enumerate([LONG, "李晨", "CON", "x/y"]):
        document = {"deal": {"account": f"A{place}", "opportunity": "O", "owner": owner, "as_of": "2026-06-30"}}
        (tmp_path / "in" / f"{place}.json").write_text(json.dumps(document), "utf-8")
    main(["check", "in", "--format", "mail", "-o", "letters"])
    assert len(list((tmp_path / "letters").glob("*.eml"))) == 4
