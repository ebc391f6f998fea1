"""The guide: every term a user picks is explained, the contents lead everywhere, the worked example is true."""

from __future__ import annotations

import re

import openpyxl
import pytest

from warmap.judgement import Judgement
from warmap.layout import TAB, TABS, TabKind
from warmap.reading import read_document
from warmap.terms import (
    BuyingRole,
    ContactFrequency,
    EvidenceGrade,
    Influence,
    NeedLevel,
    NeedState,
    OrgLevel,
    ResponseMode,
    Severity,
    SocialStyle,
    SpinType,
    Support,
    TrustPillar,
    WinStatus,
)
from warmap.text import LANGUAGES
from warmap_workbook.samples import load_sample
from warmap_workbook.writing.build import build_workbook
from warmap_workbook.writing.guide import EXAMPLE, EXAMPLE_PEOPLE, GUIDE

EXPLAINED = (
    BuyingRole, ContactFrequency, EvidenceGrade, Influence, NeedLevel, NeedState, OrgLevel, ResponseMode, Severity, SocialStyle, SpinType, Support,
    TrustPillar, WinStatus,
)  # fmt: skip


@pytest.fixture(scope="module", params=LANGUAGES)
def guide(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("guide") / "map.xlsx"
    path.write_bytes(build_workbook(None, request.param))
    return request.param, openpyxl.load_workbook(path)[TAB["guide"].name.to(request.param)]


@pytest.mark.parametrize("enum", EXPLAINED, ids=lambda enum: enum.__name__)
def test_every_term_of_the_method_is_explained(enum):
    explained = {term for section in GUIDE for term in section.terms}
    assert set(enum) <= explained


def test_every_explanation_stands_in_the_sheet(guide):
    lang, sheet = guide
    shown = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value}
    for section in GUIDE:
        assert section.title.to(lang) in shown
        assert {words.to(lang) for words in section.terms.values()} <= shown


def test_the_contents_lead_to_every_visible_sheet(guide):
    lang, sheet = guide
    links = {cell.value: cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    wanted = {tab.name.to(lang) for tab in TABS if tab.kind is not TabKind.HIDDEN}
    assert wanted <= links.keys()
    assert all(links[name] == f"'{name}'!A1" for name in wanted)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_worked_example_is_true_of_its_sample(lang):
    judgement = Judgement(read_document(load_sample("hospital_imaging", lang)).map)
    raised = {flag.code for flag in judgement.flags}
    told = set(re.findall(r"RF\d+", " ".join(words.to(lang) for _, words in EXAMPLE)))
    assert told == {"RF103", "RF201", "RF203", "RF303", "RF304", "RF703"}
    assert told <= raised
    contacts = judgement.map.contacts
    assert {name.to(lang) for name in EXAMPLE_PEOPLE.values()} <= {contact.name for contact in contacts}
    coach = next(c for c in contacts if c.name == EXAMPLE_PEOPLE["coach"].to(lang))
    assert BuyingRole.COACH in coach.buying_roles
    assert len(contacts) == 5
