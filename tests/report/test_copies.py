"""Copies for others: nothing of the map is in the customer's copy but what is on the list, and no name in that without names."""

import html
import io
import re
import zipfile

import pytest

from warmap.evaluation import scores
from warmap.history import snapshot_of
from warmap.judgement import Judgement
from warmap.model import TABLES, Model, blank_map
from warmap.reading import read_document
from warmap.terms import ActionStatus
from warmap.text import LANGUAGES
from warmap_app.report import mutual_plan
from warmap_app.report.no_names import without_names
from warmap_app.report.one_page import build_page
from warmap_app.report.picture import picture
from warmap_workbook.samples import load_sample, sample_names

every_sample = pytest.mark.parametrize("name", sample_names())
both = pytest.mark.parametrize("lang", LANGUAGES)


def sample(name, lang, *, with_shared=True):
    """A sample; the customer owns its first action."""
    document = load_sample(name, lang)
    if with_shared and document.get("actions"):
        document["actions"][0]["customer_owner"] = document["contacts"][0]["name"]
    return Judgement(read_document(document).map)


def texts(value):
    """Every text that somebody typed."""
    if type(value) is str:
        yield value
    elif isinstance(value, Model):
        for one in vars(value).values():
            yield from texts(one)
    elif isinstance(value, dict):
        for pair in value.items():
            for one in pair:
                yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


def of_map(judgement):
    return {words.strip() for table in TABLES for words in texts(getattr(judgement.map, table.code)) if words.strip()}


def as_read(data):
    """The text of a page, or of all parts of a workbook, as a reader gets it."""
    if isinstance(data, bytes):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    return " ".join(html.unescape(data).split())


def allowed(judgement):
    plan = mutual_plan.plan_of(judgement)
    shared = [words for action in plan.actions for words in (action.what, action.owner, action.customer_owner) if words]
    return " ".join((plan.account, plan.opportunity, plan.objective, *plan.needs, *plan.results, *shared))


@both
@every_sample
@pytest.mark.parametrize("make", [mutual_plan.build_page, mutual_plan.build_plan])
def test_no_text_of_the_map_is_in_the_customers_copy_but_what_is_on_the_list(make, name, lang):
    judgement = sample(name, lang)
    copy, on_the_list = as_read(make(judgement, lang)), allowed(judgement)
    ours = as_read(make(Judgement(blank_map()), lang))
    secret = {" ".join(words.split()) for words in of_map(judgement)}
    leaked = [words for words in secret if len(words) > 2 and words in copy and words not in on_the_list and words not in ours]  # fmt: skip
    assert not leaked


@both
def test_what_is_on_the_list_is_in_the_copy(lang):
    judgement = sample("telecom_core_network", lang)
    plan = mutual_plan.plan_of(judgement)
    assert plan.actions
    for copy in (as_read(mutual_plan.build_page(judgement, lang)), as_read(mutual_plan.build_plan(judgement, lang))):
        for words in (plan.account, plan.actions[0].what, plan.actions[0].customer_owner):
            assert " ".join(words.split()) in copy


def test_milestones_are_counted_back_from_the_day_of_signing():
    judgement = Judgement(read_document({"deal": {"as_of": "2026-06-30", "close_date": "2026-12-31"}}).map)
    days = [day.isoformat() for _, day in mutual_plan.plan_of(judgement).milestones]
    assert days == ["2026-09-12", "2026-10-12", "2026-11-11", "2026-12-11", "2026-12-31"]


@both
def test_a_plan_that_comes_back_untouched_changes_nothing(lang, tmp_path):
    judgement = sample("telecom_core_network", lang)
    path = tmp_path / "plan.xlsx"
    path.write_bytes(mutual_plan.build_plan(judgement, lang))
    back, proofs = mutual_plan.returned(path, judgement.map)
    assert back.actions == judgement.map.actions
    assert not proofs


def test_what_the_customer_filled_in_is_told_by_diff(run, tmp_path):
    from openpyxl import load_workbook

    from warmap_app.main import main

    deal, plan = tmp_path / "deal.json", tmp_path / "plan.xlsx"
    deal.write_text(
        '{"deal": {"account": "Acme", "as_of": "2026-06-30"}, "contacts": [{"name": "Li"}], "actions": ['
        '{"what": "Test run", "owner": "Ann", "customer_owner": "Li", "due": "2026-07-10"},'
        '{"what": "Our own", "owner": "Ann"}]}',
        "utf-8",
    )
    assert main(["report", str(deal), "--audience", "customer", "-o", str(plan), "--lang", "en"]) == 0
    book = load_workbook(plan)
    sheet = book.worksheets[0]
    sheet["D2"], sheet["E2"], sheet["F2"] = "2026-07-20", "Done", "minutes of 20 July"
    sheet["A3"], sheet["B3"] = "Site visit", "Li"
    book.save(plan)
    code, said, _ = run("diff", deal, plan, "--lang", "en")
    assert code == 0
    assert "2026-07-10 → 2026-07-20" in said
    assert "Site visit" in said
    assert "minutes of 20 July" in said
    assert "Our own" not in said
    assert ActionStatus.DONE.label.en in said


@both
@every_sample
def test_no_name_is_in_a_copy_without_names(name, lang):
    judgement = sample(name, lang)
    then = snapshot_of(judgement.map, scores(judgement), judgement.as_of, "Ann Author")
    judgement = Judgement(judgement.map.model_copy(update={"snapshots": [then]}))
    hidden = without_names(judgement, lang)
    copies = [build_page(hidden, lang, ""), *(picture(hidden, kind, lang) for kind in ("org", "power"))]
    names = {contact.name for contact in judgement.map.contacts} | {
        contact.counterpart for contact in judgement.map.contacts
    }
    names |= {action.owner for action in judgement.map.actions} | {judgement.map.deal.owner, "Ann Author"}
    for copy in map(as_read, copies):
        for whole in filter(None, names):
            parts = [whole] if lang == "zh" else [whole, *re.findall(r"\w{3,}", whole)]
            for part in parts:
                assert not re.search(rf"(?<!\w){re.escape(part)}(?!\w)" if lang == "en" else re.escape(part), copy), (
                    part
                )


@both
@every_sample
def test_without_names_the_analysis_is_the_same(name, lang):
    judgement = sample(name, lang)
    hidden = without_names(judgement, lang)
    assert hidden.scores == judgement.scores
    assert [flag.code for flag in hidden.flags] == [flag.code for flag in judgement.flags]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("李总说预算已批", "关键决策者1说预算已批"),
        ("请李建国引荐", "请关键决策者1引荐"),
        ("建国同意了", "关键决策者1同意了"),
        ("电话 13812345678，li@acme.cn", "电话 …，…"),
        ("王工来过", "技术把关者1来过"),
        ("黎明前", "黎明前"),
    ],
)
def test_a_name_is_found_as_colleagues_write_it(typed, shown):
    document = {
        "contacts": [{"name": "李建国", "buying_roles": ["economic"]}, {"name": "王强", "buying_roles": ["technical"]}],
        "actions": [{"what": typed}],
    }
    hidden = without_names(Judgement(read_document(document).map), "zh")
    assert hidden.map.actions[0].what == shown
