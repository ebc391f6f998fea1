"""`warmap report`: a page or a picture for each file; what cannot be read is said, and nothing is overwritten."""

from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "workbook_templates" / "samples"
DEAL = SAMPLES / "hospital_imaging.zh.xlsx"


def test_one_file_makes_one_page(run, tmp_path):
    code, said, _ = run("report", DEAL, "-o", tmp_path / "deal.html", "--lang", "en")
    assert code == 0, said
    page = (tmp_path / "deal.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert 'lang="en"' in page


def test_several_files_make_a_page_each_and_an_index_the_lowest_health_first(run, tmp_path):
    folder = tmp_path / "pages"
    code, _, _ = run("report", DEAL, SAMPLES / "telecom_core_network.zh.xlsx", "-o", folder)
    assert code == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "hospital_imaging.zh.html", "index.html", "telecom_core_network.zh.html",
    ]  # fmt: skip
    index = (folder / "index.html").read_text("utf-8")
    assert index.index("hospital_imaging") < index.index("telecom_core_network")


def test_a_file_that_is_no_map_is_said_and_the_others_are_made(run, tmp_path):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK")
    code, said, _ = run("report", broken, DEAL, "-o", tmp_path / "pages")
    assert code == 1
    assert "broken.xlsx" in said
    assert (tmp_path / "pages" / "hospital_imaging.zh.html").exists()


@pytest.mark.parametrize("kind", ["org", "power"])
def test_a_picture_alone(run, tmp_path, kind):
    code, _, _ = run("report", DEAL, "--picture", kind, "-o", tmp_path / "deal.svg")
    assert code == 0
    assert (tmp_path / "deal.svg").read_text("utf-8").startswith("<svg")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((DEAL, "-o", "deal.docx"), "should end in"),
        ((DEAL, "-o", "deal.svg"), "should end in"),
        ((DEAL, "--audience", "customer", "-o", "plan.png"), "should end in"),
        ((DEAL, "--audience", "customer", "--picture", "org", "-o", "plan.svg"), "has no picture"),
        ((DEAL, "--person", "Li", "--picture", "org", "-o", "plan.svg"), "goes with neither"),
        ((DEAL, "--picture", "org", "-o", "deal.pdf"), "should end in"),
        ((DEAL, SAMPLES / "telecom_core_network.zh.xlsx", "-o", "deal.html"), "name a folder"),
        ((DEAL, "--format", "svg", "-o", "pages"), "should end in"),
        (("no.xlsx", "-o", "deal.html"), "does not exist"),
    ],
)
def test_a_usage_error_is_one_line_that_says_what_to_do(run, quiet_terminal, words, said):
    code, _, err = run("report", *words)
    assert code == 2
    assert said in err
    assert not Path("deal.html").exists()


def test_the_sheet_for_a_call_is_about_one_person(run, tmp_path):
    out = tmp_path / "call.html"
    code, _, _ = run(
        "report", SAMPLES / "telecom_core_network.en.xlsx", "--person", "zhao xiaowen", "-o", out, "--lang", "en"
    )
    assert code == 0
    page = out.read_text("utf-8")
    assert "Calling on Zhao Xiaowen" in page
    for head in ("Who", "Where this person stands", "What to ask", "The personal win"):
        assert f"<h2>{head}</h2>" in page


def test_a_person_who_is_not_on_the_map_is_told_with_those_who_are(run, tmp_path):
    code, said, _ = run(
        "report",
        SAMPLES / "telecom_core_network.en.xlsx",
        "--person",
        "Nobody",
        "-o",
        tmp_path / "call.html",
        "--lang",
        "en",
    )
    assert code == 1
    assert "there is no “Nobody” on the map" in said
    assert "Zhao Xiaowen" in said
    assert not (tmp_path / "call.html").exists()


def test_neither_the_names_of_files_nor_an_index_tell_who_it_is_about(run, tmp_path):
    named = tmp_path / "Zhao Xiaowen.xlsx"
    named.write_bytes((SAMPLES / "telecom_core_network.en.xlsx").read_bytes())
    code, _, _ = run("report", named, "--audience", "no-names", "-o", tmp_path / "cases", "--lang", "en")
    assert code == 0
    (page,) = (tmp_path / "cases").iterdir()
    assert page.name == "case 1.html"
    assert "Zhao" not in page.read_text("utf-8")


def test_the_format_of_a_folder_is_refused_before_anything_is_read(run, tmp_path, quiet_terminal):
    code, _, err = run("report", DEAL, "--format", "svg", "-o", tmp_path / "pages")
    assert code == 2
    assert ".html" in err
    assert not (tmp_path / "pages").exists()


def test_nothing_is_overwritten_without_force(run, tmp_path):
    out = tmp_path / "deal.html"
    out.write_text("mine")
    assert run("report", DEAL, "-o", out)[0] == 2
    assert out.read_text() == "mine"
    assert run("report", DEAL, "-o", out, "--force")[0] == 0


def test_without_a_browser_a_pdf_is_refused_in_words(run, tmp_path, quiet_terminal, monkeypatch):
    monkeypatch.setattr("warmap_app.report.browser._here", lambda: iter(()))
    code, _, err = run("report", DEAL, "-o", tmp_path / "deal.pdf")
    assert code == 2
    assert "neither Edge nor Chrome nor Chromium" in err


@pytest.mark.parametrize(
    ("named", "said"), [("no-such-program", "which is no program"), ("false", "exit code 1"), ("true", "exit code 0")]
)
def test_a_browser_named_by_hand_that_does_not_work_is_told(run, tmp_path, quiet_terminal, monkeypatch, named, said):
    monkeypatch.setenv("WARMAP_BROWSER", named)
    code, _, err = run("report", DEAL, "-o", tmp_path / "deal.pdf")
    assert code == 2
    assert said in err


@pytest.mark.browser
def test_pdf_and_png_are_made_by_the_browser_that_is_here(run, tmp_path):
    assert run("report", DEAL, "-o", tmp_path / "deal.pdf")[0] == 0
    assert run("report", DEAL, "--picture", "power", "-o", tmp_path / "deal.png")[0] == 0
    assert (tmp_path / "deal.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "deal.png").read_bytes().startswith(b"\x89PNG")
