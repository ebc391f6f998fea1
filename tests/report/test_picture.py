"""The relationship picture: every person and empty seat once, nothing upon anything, whatever reports to whatever."""

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmap.hierarchy import seats
from warmap.judgement import Judgement
from warmap.reading import read_document
from warmap.text import LANGUAGES
from warmap_app.report.picture import picture
from warmap_app.report.placing import HEIGHT, WIDTH, placed_in_tree
from warmap_workbook.samples import load_sample, sample_names

GOLDEN = Path(__file__).parent / "golden"
SVG = "{http://www.w3.org/2000/svg}"
NAMES = [f"P{number}" for number in range(60)]


def judged(contacts, **deal):
    return Judgement(read_document({"deal": {"as_of": "2026-06-30", **deal}, "contacts": contacts}).map)


def sample(name, lang):
    return Judgement(read_document(load_sample(name, lang)).map)


@st.composite
def people(draw):
    """Up to sixty people who report to anybody: to each other, to themselves, to nobody, to somebody not on the map."""
    names = NAMES[: draw(st.integers(0, 60))]
    anybody = st.sampled_from([*names, "Somebody else", None])
    return [
        {
            "name": name,
            "reports_to": draw(anybody),
            "influenced_by": [one for one in [draw(anybody)] if one],
            "influence": draw(st.sampled_from(["high", "medium", "low", None])),
            "support": draw(st.sampled_from(["strong_support", "neutral", "strong_oppose", None])),
            "post_status": draw(st.sampled_from(["in_post", "in_post", "left"])),
            "buying_roles": draw(st.lists(st.sampled_from(["coach", "user", "technical", "economic"]), unique=True)),
        }
        for name in names
    ]


def boxes(drawing):
    """Upper left corners and words of the boxes of a drawing."""
    found = []
    for group in ET.fromstring(drawing).iter(f"{SVG}g"):
        title = group.find(f"{SVG}title")
        if title is not None:
            x, y = re.findall(r"-?[\d.]+", group.get("transform"))
            found.append((float(x), float(y), title.text))
    return found


@settings(max_examples=25)
@given(people())
def test_every_person_and_empty_seat_stands_in_it_once_and_no_box_on_another(contacts):
    judgement = judged(contacts)
    drawn = boxes(picture(judgement, "org", "en"))
    for name in {row["name"] for row in contacts}:
        assert sum(bool(re.match(rf"{name}(,|;|$)", words)) for _, _, words in drawn) == 1
    for (ax, ay, _), (bx, by, _) in combinations(drawn, 2):
        assert abs(ax - bx) >= WIDTH or abs(ay - by) >= HEIGHT


@settings(max_examples=25)
@given(people())
def test_influence_and_support_show_whoever_is_still_there_once(contacts):
    drawn = boxes(picture(judged(contacts), "power", "en"))
    here = {row["name"] for row in contacts if row["post_status"] != "left"}
    shown = [words for _, _, words in drawn if words.startswith("P")]
    assert len(shown) == len(here)
    for (ax, ay, _), (bx, by, _) in combinations(drawn, 2):
        assert abs(ax - bx) >= WIDTH or abs(ay - by) >= HEIGHT


@settings(max_examples=25)
@given(people(), st.sampled_from(["org", "power"]), st.sampled_from(LANGUAGES))
def test_the_same_map_gives_the_same_bytes(contacts, kind, lang):
    assert picture(judged(contacts), kind, lang) == picture(judged(contacts), kind, lang)


@settings(max_examples=25)
@given(people())
def test_no_line_from_superior_to_report_crosses_a_box(contacts):
    drawn = seats(judged(contacts).contacts)
    block = placed_in_tree(drawn)
    for line in block.lines:
        (ax, ay), (bx, by) = line
        for x, y in block.at.values():
            inside_x = min(ax, bx) < x + WIDTH - 0.1 and max(ax, bx) > x + 0.1
            inside_y = min(ay, by) < y + HEIGHT - 0.1 and max(ay, by) > y + 0.1
            assert not (inside_x and inside_y), (line, (x, y))


def test_a_chain_longer_than_the_stack_is_drawn():
    contacts = [{"name": f"C{n}", "reports_to": f"C{n - 1}" if n else None} for n in range(3000)]
    assert len(re.findall(r"<title>C\d", picture(judged(contacts), "org", "en"))) == 3000


def test_what_was_typed_stays_text():
    name = '</title><script>alert("x")</script>&amp;\u202e]]>'
    drawing = picture(judged([{"name": name, "title": "<b>", "counterpart": "'\"<i>"}]), "org", "en")
    root = ET.fromstring(drawing)
    assert "script" not in {element.tag.rpartition("}")[2] for element in root.iter()}
    assert "\u202e" not in drawing


def test_a_sign_stands_beside_every_colour():
    rows = [{"name": s, "support": s} for s in ("strong_support", "support", "neutral", "oppose", "strong_oppose")]
    root = ET.fromstring(picture(judged([*rows, {"name": "nobody knows"}]), "org", "en"))
    signs = [element.text for element in root.iter(f"{SVG}text") if element.get("class") == "s"]
    assert signs == ["++", "+", "0", "−", "−−", "?"]


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ({"post_status": "left"}, "✗"),
        ({"support": "support", "assessed_on": "2020-01-01"}, "~Li"),
        ({"buying_roles": ["economic"]}, "E"),
        ({"counterpart": "Chen", "contact_frequency": "frequent"}, "⇄ Chen"),
        ({"contact_frequency": "never"}, "○ never met"),
        ({"reports_to": "The Chairman"}, "□ not on the People sheet"),
    ],
)
def test_each_convention(contact, shown):
    assert f">{shown}</text>" in picture(judged([{"name": "Li", **contact}]), "org", "en")


def test_an_empty_seat_is_dotted_and_named_after_its_role():
    drawing = picture(judged([{"name": "Li", "buying_roles": ["coach", "user", "technical"]}]), "org", "en")
    assert drawing.count('stroke-dasharray="2 3"') == 1
    assert ">Economic decision maker</text>" in drawing


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["org", "power"])
@pytest.mark.parametrize("name", ["manufacturer_mes", "hospital_imaging"])
def test_the_pictures_of_two_samples_are_those_that_were_looked_at(name, kind, lang):
    """Renew them by `python tests/report/test_picture.py` after looking at each."""
    assert picture(sample(name, lang), kind, lang) == golden(name, kind, lang).read_text("utf-8")


def golden(name, kind, lang):
    return GOLDEN / f"{name}.{kind}.{lang}.svg"


@pytest.mark.parametrize("name", sample_names())
def test_every_sample_names_everybody(name):
    judgement = sample(name, "en")
    drawing = picture(judgement, "org", "en")
    assert all(contact.name in drawing for contact in judgement.map.contacts)


if __name__ == "__main__":
    for name in ("manufacturer_mes", "hospital_imaging"):
        for kind in ("org", "power"):
            for language in LANGUAGES:
                made = picture(sample(name, language), kind, language)
                golden(name, kind, language).write_text(made, "utf-8")
