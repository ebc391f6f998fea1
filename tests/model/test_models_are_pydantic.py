"""The tables and the settings are pydantic models: what comes from outside is validated, by limits declared once."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from warmap.model import TABLES, Contact, Deal, Judged, Trust, WarMap, Win
from warmap.parsing import to_document
from warmap.reading import read_document
from warmap.settings import Settings
from warmap.terms import BuyingRole, EvidenceGrade, Support, TrustPillar
from warmap_workbook.samples import load_sample, sample_names

MODELS = [table.model for table in TABLES]


class TestMaking:
    def test_what_is_not_given_has_its_default(self):
        contact = Contact(name="王强")
        assert (contact.name, contact.support, contact.buying_roles) == ("王强", None, frozenset())

    def test_collections_are_made_anew_for_each(self):
        one, other = Trust(), Trust()
        one.ratings[TrustPillar.PROFESSIONAL] = Judged(rating=3.0)
        assert other.ratings == {}

    def test_a_field_that_does_not_exist_is_a_mistake_of_the_program(self):
        with pytest.raises(ValidationError, match="nickname"):
            Contact(nickname="王")

    def test_a_map_is_changed_by_making_another(self):
        deal = Deal(account="一家")
        with pytest.raises(ValidationError, match="frozen"):
            deal.account = "另一家"
        other = deal.model_copy(update={"account": "另一家"})
        assert (deal.account, other.account) == ("一家", "另一家")

    def test_equal_is_what_holds_the_same(self):
        assert Contact(name="王强") == Contact(name="王强", support=None) != Contact(name="李娜")
        assert Contact() != Win()

    def test_it_travels_to_another_process(self):
        trust = Trust(contact="王强", ratings={TrustPillar.SINCERITY: Judged(rating=4.0)})
        assert pickle.loads(pickle.dumps(trust)) == trust


class TestValidating:
    """Data that nobody has checked."""

    def test_they_become_the_values_of_the_model(self):
        war_map = WarMap.model_validate(
            {
                "deal": {"account": "一家", "amount": "1200000.50", "as_of": "2026-06-01"},
                "contacts": [{"name": "王强", "support": "support", "buying_roles": ["coach"]}],
                "trust": [{"contact": "王强", "ratings": {"professional": {"rating": 3, "evidence_grade": "stated"}}}],
            }
        )
        assert war_map.deal == Deal(account="一家", amount=Decimal("1200000.50"), as_of=date(2026, 6, 1))
        assert war_map.contacts == [
            Contact(name="王强", support=Support("support"), buying_roles={BuyingRole("coach")})
        ]
        judged = Judged(rating=3.0, evidence_grade=EvidenceGrade("stated"))
        assert war_map.trust[0].ratings == {TrustPillar("professional"): judged}

    @pytest.mark.parametrize(
        ("model", "data"),
        [
            (Deal, {"amount": 0}),
            (Deal, {"currency": "yuan"}),
            (Judged, {"rating": 5.5}),
            (Judged, {"rating": float("nan")}),
            (Contact, {"decision_order": 0}),
            (Contact, {"support": "whatever"}),
            (Contact, {"nickname": "王"}),
            (WarMap, {"competition": [{"scores": {str(n): 1 for n in range(5)}}]}),
            (Settings, {"win_value": {"met": 2}}),
        ],
    )
    def test_what_breaks_a_declared_limit_is_refused(self, model, data):
        with pytest.raises(ValidationError):
            model.model_validate(data)

    @pytest.mark.parametrize("name", sample_names())
    def test_a_map_that_was_read_cell_by_cell_is_the_one_that_validation_makes_of_it(self, name):
        read = read_document(load_sample(name, "zh")).map
        assert WarMap.model_validate(to_document(read)) == read


@pytest.mark.parametrize("model", [*MODELS, Judged, Settings], ids=lambda model: model.__name__)
def test_every_default_is_within_the_limits_of_its_field(model):
    defaults = {name: field.get_default(call_default_factory=True) for name, field in model.model_fields.items()}
    assert model.model_validate(defaults) == model() == model.model_construct()


def test_a_workbook_is_checked_without_building_a_validator():
    """Building all of them would take as long as checking five workbooks; rows were checked cell by cell."""
    script = """
import sys
from pathlib import Path
from warmap.model import TABLES, WarMap
from warmap.settings import Settings
from warmap_app.load import load
from warmap_app.result import result_of
assert result_of(load(Path(sys.argv[1])), "en")["passed"]
models = [WarMap, Settings, *(table.model for table in TABLES)]
print([model.__name__ for model in models if model.__pydantic_complete__])
print(sorted({name.partition(".")[0] for name in sys.modules} & {"rich", "yaml", "openpyxl", "xlsxwriter"}))
"""
    path = "workbook_templates/samples/telecom_core_network.zh.xlsx"
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "[]"]
