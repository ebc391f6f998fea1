"""The win checklist asks what a seller would ask: of those met, in person; of the others, by way of somebody who was."""

import pytest
from hypothesis import given, settings

from tests.scores.random_maps import maps
from warmap.judgement import judge
from warmap.model import WarMap
from warmap.questions import QUESTIONS, what_to_ask
from warmap.reading import read_document
from warmap.scores.engagement import never_met
from warmap.terms import WIN_CRITERIA, BuyingRole
from warmap.text import LANGUAGES
from warmap_workbook.samples import load_sample, sample_names

MET, UNMET = {"contact_frequency": "occasional"}, {"contact_frequency": "never"}

ZHAO = {"name": "Zhao", "buying_roles": ["user", "technical"], **MET}


def asked(*contacts, wins=()):
    judged = judge(read_document({"contacts": list(contacts), "wins": list(wins)}).map)
    return [words.en if words else "" for _, words in what_to_ask(judged)]


def test_every_criterion_of_a_role_has_a_question_of_its_own_in_both_languages():
    assert {role: tuple(questions) for role, questions in QUESTIONS.items()} == WIN_CRITERIA
    for lang in LANGUAGES:
        said = [question.to(lang) for questions in QUESTIONS.values() for question in questions.values()]
        assert len(set(said)) == len(said) == 24
        assert all(question.endswith(("？", "?")) for question in said)


class TestWhoIsAsked:
    def test_whoever_was_met_is_asked_in_person(self):
        first = asked({"name": "Zhao", "buying_roles": ["user"], **MET})[0]
        assert first == "“What happens on your side when it stops, and how long was the last stoppage?”"

    def test_nobody_answers_for_somebody_never_met(self):
        coach = {"name": "Zhao", "buying_roles": ["coach"], "support": "support", **MET}
        first, *others = asked({"name": "Wu", "buying_roles": ["user"], "reports_to": "Zhao", **UNMET}, coach)
        assert first.startswith("Get a first meeting with Wu through Zhao, and ask: “")
        assert all(line.startswith("At that first meeting: “") for line in others[:5])

    def test_where_nobody_was_met_the_first_line_says_how_to_get_a_meeting(self):
        first, *others = asked({"name": "Wu", "buying_roles": ["economic"], "level": "director", **UNMET})
        assert first.startswith("Get a first meeting with Wu through an executive of ours of equal rank, and ask: “")
        assert all(line.startswith("At that first meeting: “") for line in others)

    def test_the_way_is_told_by_the_people_alone(self):
        """The cells are given no deal, which alone could tell whether the counterpart is the rep."""
        first = asked({"name": "Wu", "buying_roles": ["user"], "counterpart": "Sam", **UNMET})[0]
        assert first.startswith("Get a first meeting with Wu through a call of your own, and ask: “")

    def test_a_coach_is_not_asked_what_the_coach_would_answer(self):
        first = asked({"name": "Zhao", "buying_roles": ["coach"], **UNMET})[0]
        assert first.startswith("Get a first meeting with Zhao")


def all_of(role, status, grade):
    """A row of the wins sheet that gives every criterion the same status."""
    statuses = dict.fromkeys((criterion.value for criterion in WIN_CRITERIA[BuyingRole(role)]), status)
    return {"contact": "Zhao", "role": role, "evidence_grade": grade, "statuses": statuses}


class TestWhatIsAsked:
    def test_what_matters_is_asked_for_what_would_show_it(self):
        lines = asked(ZHAO, wins=[all_of("user", "identified", "stated")])
        assert lines[0] == "“On ‘Reliability’: what would you have to see to say that we meet it?”"

    @pytest.mark.parametrize(
        ("grade", "words"), [("guess", "“On ‘Reliability’: would you say that we meet it?”"), ("stated", "")]
    )
    def test_what_is_met_is_asked_again_only_where_it_is_our_guess(self, grade, words):
        assert asked(ZHAO, wins=[all_of("user", "met", grade)])[0] == words

    def test_nobody_is_asked_the_same_twice(self):
        rows = [all_of("user", "identified", "stated"), all_of("technical", "identified", "stated")]
        lines = [line for line in asked(ZHAO, wins=rows) if line]
        assert len(lines) == len(set(lines)) == 11  # reliability matters in both roles


def never_asks_somebody_never_met(war_map):
    judged = judge(war_map)
    unmet = [contact for contact in judged.active if never_met(contact)]
    for line, words in what_to_ask(judged):
        if words is not None:
            assert words.en.startswith("“") is not never_met(line.contact)
            assert not words.en.startswith(tuple(f"Ask {each.name} what" for each in unmet if each.name))


@pytest.mark.parametrize("name", sample_names())
def test_a_sample_never_asks_somebody_never_met(name):
    never_asks_somebody_never_met(read_document(load_sample(name, "en")).map)


@settings(max_examples=300, deadline=None)
@given(maps)
def test_a_made_map_never_asks_somebody_never_met(data):
    never_asks_somebody_never_met(WarMap.model_validate(data))
