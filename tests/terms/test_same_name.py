"""Specification, section 5, "What is the same name": one function decides everywhere."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warmap.changes import changes
from warmap.findings import Finding
from warmap.names import account_core, key, parted, visible
from warmap.reading import read_document
from warmap.terms import BuyingRole, term_for

SAME = [
    ("沈国梁", "沈 国梁", "沈　国梁", " 沈国梁 ", "沈国梁\u200b", "\u200e沈国\u2060梁", "沈\xad国梁", "沈\xa0国\t梁"),
    ("Smith, John", "SMITH,  John", "Ｓｍｉｔｈ， John", "Smith,\xa0John", "smith, jo\xadhn"),
    ("O'Brien", "O’Brien", "O‘Brien", "O`Brien", "O´Brien", "OʼBrien", "O＇Brien", "O′Brien"),
    ("Jean-Luc", "Jean‐Luc", "Jean‑Luc", "Jean–Luc", "Jean—Luc", "Jean−Luc", "Jean－Luc"),
    ("买买提·艾力", "买买提•艾力", "买买提・艾力", "买买提･艾力", "买买提‧艾力", "买买提∙艾力"),
    ("Strauß", "STRAUSS", "ｓｔｒａｕｓｓ"),
    ("Zoë", "Zoe\u0308"),
    ("㈱東亜", "(株)東亜"),
    ("فاطمه", "فاط\u200cمه"),
]
DIFFERENT = [
    ("Ann Lee", "AnnLee"),  # between Latin words a space tells two names
    ("张 San", "张San"),
    ("王芳", "王方"),
    ("Smith John", "Smith, John"),
    ("Zoë", "Zoe"),
    ("Jean-Luc", "Jean Luc"),
    ("A·B", "A.B"),
    ("3M", "3 M"),
    ("コーヒー", "コ-ヒ-"),
]


class TestKey:
    @pytest.mark.parametrize("spellings", SAME, ids=[one[0] for one in SAME])
    def test_spellings_of_one_name_agree(self, spellings):
        assert len({key(name) for name in spellings}) == 1

    @pytest.mark.parametrize(("one", "other"), DIFFERENT)
    def test_two_names_do_not(self, one, other):
        assert key(one) != key(other)

    def test_no_format_character_is_left_and_no_dash_but_the_hyphen(self):
        every = map(chr, (*range(0xD800), *range(0xE000, sys.maxunicode + 1)))
        odd = [c for c in every if unicodedata.category(c) == "Cf" and key(f"a{c}b") != "ab"]
        assert odd == []
        dashes = "‐‑‒–—―−－﹘﹣"
        assert {key(f"a{dash}b") for dash in dashes} == {"a-b"}

    @given(st.text(max_size=80))
    def test_a_key_is_its_own_key(self, text):
        assert key(key(text)) == key(text)

    def test_a_role_is_found_by_every_such_spelling(self):
        for words in (
            "关键决策者",
            "关键 决策者",
            "关键决策者\u200b",
            "ECONOMIC　decision\xa0maker",
            "economic buyer\u2060",
        ):
            assert term_for(BuyingRole, words) is BuyingRole.ECONOMIC


class TestAccounts:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("华信集团股份有限公司", "华信"),
            ("华信（北京）有限公司", "华信北京有限责任公司"),
            ("Acme Co., Ltd.", "ACME"),
            ("Acme, Inc.", "Acme Inc"),
            ("Nestlé S.A.", "Nestlé"),
            ("The Coca-Cola Company", "Coca Cola"),
            ("Beispiel GmbH & Co. KG", "Beispiel"),
            ("A.P. Moller", "AP Moller A/S".replace("A/S", "AS")),
        ],
    )
    def test_probably_one(self, one, other):
        assert account_core(one) == account_core(other) != ""
        assert key(one) != key(other)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Acme", "acme"),  # one name: nothing is doubtful
            ("华信有限公司", "华鑫有限公司"),
            ("Group", "Company"),
            ("公司", "有限公司"),
            ("", ""),
            ("!!!", "???"),
            ("Acme North Ltd", "Acme South Ltd"),
        ],
    )
    def test_certainly_one_or_two(self, one, other):
        core = account_core(one)
        assert not core or core != account_core(other) or key(one) == key(other)

    def test_the_core_groups_what_the_question_pairs(self):
        assert account_core("华信集团股份有限公司") == account_core("华信") == "华信"


KNOWN = {key(name) for name in ("Smith, John", "Ann Lee", "Bob", "沈国梁", "李建华", "Marks & Spencer")}


class TestListsOfNames:
    @pytest.mark.parametrize(
        ("cell", "names"),
        [
            ("Smith, John", ["Smith, John"]),
            ("Smith, John, Bob", ["Smith, John", "Bob"]),
            ("Bob; Smith, John", ["Bob", "Smith, John"]),
            ("Bob, Ann Lee", ["Bob", "Ann Lee"]),
            ("沈 国梁、李建华", ["沈 国梁", "李建华"]),
            ("Bob/Ann Lee", ["Bob", "Ann Lee"]),
            ("Bob & Ann Lee | 沈国梁", ["Bob", "Ann Lee", "沈国梁"]),
            ("沈国梁和李建华", ["沈国梁", "李建华"]),
            ("沈国梁 李建华", ["沈国梁", "李建华"]),
            ("沈国梁与李建华及Bob", ["沈国梁", "李建华", "Bob"]),
            ("Marks & Spencer, Bob", ["Marks & Spencer", "Bob"]),
            ("Bob\nSmith, John", ["Bob", "Smith, John"]),
            ("Bob/Zed", ["Bob/Zed"]),  # one of them is nobody: the cell is told as it stands
            ("和珅", ["和珅"]),
            ("Zed, Bob", ["Zed", "Bob"]),
            ("  ", []),
            ("、，", []),
        ],
    )
    def test_the_whole_then_the_usual_separators_then_the_rarer(self, cell, names):
        assert parted(cell, KNOWN) == names

    def test_without_known_names_only_the_usual_separators_split(self):
        assert parted("Smith, John/Bob", ()) == ["Smith", "John/Bob"]

    def test_a_list_that_ends_with_a_line_break_was_written_with_one_name_a_line(self):
        assert parted("O'Neil, J.\nBob\n", ()) == ["O'Neil, J.", "Bob"]
        assert parted("张三，李四\n", {"张三", "李四"}) == ["张三", "李四"]
        assert parted("O'Neil, J.\nBob", ()) == ["O'Neil", "J.", "Bob"]


class TestWhatIsShown:
    def test_an_invisible_character_is_shown_by_its_code(self):
        assert visible("沈国梁\u200b") == "沈国梁[U+200B]"
        facts = {"field": "Contact", "value": "沈国\u2060粱", "what": "is nobody", "advice": "沈国梁"}
        for lang in ("zh", "en"):
            assert "沈国[U+2060]粱" in Finding("DV206", facts=facts).message(lang)

    def test_what_people_see_is_left_alone(self):
        for text in ("✔️ 是", "a\nb", "Zoe\u0308", "王芳", "👍🏽"):
            assert visible(text) == text

    def test_a_name_spelt_otherwise_is_no_change(self):
        def of(name, rival):
            document = {
                "contacts": [{"name": name}],
                "visits": [{"date": "2026-01-01", "goal": "g", "contacts": [name]}],
                "trust": [{"contact": name, "ratings": {"sincerity": 3}}],
                "competition": [{"criterion": "c", "weight": 1, "scores": {rival: 3}}],
            }
            return read_document(document).map

        assert changes(of("沈国梁", "Acme"), of("沈 国梁\u200b", "ACME")) == []
        assert len(changes(of("沈国梁", "Acme"), of("沈国良", "Acme"))) > 0
