"""A remedy speaks of this map (specification, section 4): by when, to whom, and by which way, for every flag of every map."""

from __future__ import annotations

import re
import sys
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampling import IS_WHOLE
from tests.scores.random_maps import NAMES, TODAY, code, maps, maybe
from warmap.judgement import judge
from warmap.layout import TABS
from warmap.model import DO_NOTHING, TABLES, WarMap
from warmap.reading import read_document
from warmap.remedies import FACTS, asked_for
from warmap.rules import all_rules
from warmap.scores.engagement import is_active, never_met
from warmap.terms import (
    BuyingRole,
    EvidenceGrade,
    PositionClass,
    SocialStyle,
    StageCriterion,
    WinStatus,
)
from warmap.text import LANGUAGES, YES, Text
from warmap_workbook.samples import load_sample, sample_names

DAYS = {"critical": 7, "major": 14, "minor": 30}
WITHIN = {
    "critical": Text("一周内", "within a week"),
    "major": Text("两周内", "within two weeks"),
    "minor": Text("一个月内", "within a month"),
}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
QUOTED = re.compile(r"“[^”]*”")
UNFILLED = re.compile(r"[{}]|None|（）|\(\)|  |，，|未写")
THIS_WEEK = re.compile(r"本周|this week", re.IGNORECASE)
COACH = Text("教练", "coach")
FIRST_MEETING = Text("第一次见面", "first meeting")
A_WAY = Text("引荐|出面|打电话自我介绍", "through")
ASKED = Text("见|问|联系|请|与|向|找|打电话给", "see|ask|call|tell|with|from|win|touch with")
SEEN = Text("(?:当面见|联系)([^，；。]*)", "(?:[Ss]ee|in touch with) (.*?) (?:in person|by|within)")
INTRODUCED_BY = Text("(?<!再)请({})(?=引荐|、再请)", "through ({})(?= by| and|,|\\.)(?! on our side)")
ABOUT_THE_COACH = {"RF101", "RF102"}  # how to win one, and what to do when one has gone
SPOKEN_OF = {"RF102", "RF207", "RF304", "RF803", "RF804"}  # name people, and send nobody to them
ABOUT_THOSE_GONE = {"RF102", "RF902"}  # the coach who left; whoever took over from one who objected


def sentences(words, lang):
    return re.split(r"[。；！？]", words) if lang == "zh" else re.split(r"[;:]|(?<=[a-z)”0-9])\.(?: |$)", words)


def named(words, people):
    """The people of a map that words name."""
    return [person for person in people if re.search(rf"(?<!\w){re.escape(person.name)}(?!\w)", words) or (
        re.search(r"[\u4e00-\u9fff]", person.name) and person.name in words)]  # fmt: skip


def due_day(war_map, severity):
    """Spelt out once more from the specification."""
    as_of, close = war_map.deal.as_of, war_map.deal.close_date
    if as_of is None:
        return None
    day = as_of + timedelta(days=DAYS[severity])
    return close if close is not None and as_of <= close < day else day


def faults(judgement, flag, words, severity, lang, strangers=()):
    """What a remedy says that this map does not bear out."""
    people = list(judgement.contacts.values())
    plain = QUOTED.sub("“”", words)
    told = [f"not filled: {found.group()}" for found in [UNFILLED.search(plain)] if found]
    told += ["says this week"] if THIS_WEEK.search(words) else []
    told += [f"names {name}, whom the map lacks" for name in strangers if name in plain]

    day = due_day(judgement.map, severity)
    if day is None:
        told += [] if WITHIN[severity].to(lang) in plain else ["no time given"]
    elif set(DAY.findall(plain)) != {day.isoformat()}:
        told.append(f"days {DAY.findall(plain)} instead of {day}")

    gone = named(plain, [person for person in people if not is_active(person)])
    told += [f"{one.name} is gone" for one in gone if flag.code not in ABOUT_THOSE_GONE]
    unmet = [person for person in people if is_active(person) and never_met(person)]
    for sentence in sentences(plain, lang):
        for person in named(sentence, unmet):
            is_sent = FIRST_MEETING.to(lang) not in sentence and (
                flag.code not in SPOKEN_OF or re.search(f"(?:{ASKED.to(lang)}) ?{re.escape(person.name)}", sentence)
            )
            told += [f"sends us to {person.name}, never met"] if is_sent else []
        for seen in re.findall(SEEN.to(lang), sentence):
            told += [f"has us see {person.name}, never met" for person in named(seen, unmet)]
        if FIRST_MEETING.to(lang) in sentence and not re.search(A_WAY.to(lang), sentence):
            told.append("a first meeting without a way")
    pool = "|".join(re.escape(person.name) for person in people) or "(?!)"
    met = {person.name for person in people if is_active(person) and not never_met(person)}
    told += [
        f"{name} is to introduce us, never met"
        for name in re.findall(INTRODUCED_BY.to(lang).format(pool), plain)
        if name not in met
    ]

    spoken = plain
    for criterion in StageCriterion:
        spoken = spoken.replace(criterion.label.to(lang), "")
    coaches = {person.name for person in people if is_active(person) and BuyingRole.COACH in person.buying_roles}
    if COACH.to(lang) in spoken and not coaches and flag.code not in ABOUT_THE_COACH:
        told.append("speaks of a coach where there is none")
    told += [
        f"calls {name} a coach" for name in re.findall(f"(?:教练|your coach )({pool})", spoken) if name not in coaches
    ]
    return [f"{flag.code} {lang}: {one}: {words}" for one in told]


def all_faults(judgement, lang, strangers=()):
    """What the remedies of all flags and next actions say that the map does not bear out."""
    return [
        fault
        for flag in judgement.flags
        for fault in faults(judgement, flag, flag.remedy(lang), flag.severity.value, lang, strangers)
    ] + [
        fault
        for line in judgement.next_actions
        for fault in faults(judgement, line.flag, line.remedy(lang), line.severity.value, lang, strangers)
    ]


@st.composite
def fuller_maps(draw):
    """Made-up maps with the ways between people, their manners, our people beside them, and now and then no day of judging."""
    data = draw(maps)
    someone = maybe(st.sampled_from(NAMES))
    more = st.fixed_dictionaries({
        "reports_to": someone,
        "influenced_by": st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
        "counterpart": maybe(st.sampled_from(["林涛", "秦岚"])),
        "style": maybe(code(SocialStyle)),
        "position_class": maybe(code(PositionClass)),
    })  # fmt: skip
    contacts = [{**contact, **draw(more)} for contact in data["contacts"]]
    deal = {**data["deal"], "owner": "林涛", "as_of": draw(st.sampled_from([TODAY] * 9 + [None]))}
    return {**data, "contacts": contacts, "deal": deal}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", sample_names())
def test_the_remedies_of_a_sample(name, lang):
    judgement = judge(read_document(load_sample(name, lang)).map)
    others = {
        contact["name"] for other in sample_names() if other != name for contact in load_sample(other, lang)["contacts"]
    }
    assert all_faults(judgement, lang, others - {contact.name for contact in judgement.map.contacts}) == []


# -- the reading itself: it finds the advice that started this ---------------------------------------------------------

BY = "2026-07-07"
SOMEBODY = {"name": "陈丽", "influence": "high"}
MET = {**SOMEBODY, "contact_frequency": "rare"}
COACH_IN_POST = {"name": "孙立", "buying_roles": ["coach"], "contact_frequency": "rare"}
BAD_ADVICE = [
    (Text(f"{BY} 前向教练问清谁签字。", f"Ask your coach by {BY} who signs."), [MET], "speaks of a coach"),
    (Text(f"{BY} 前向教练陈丽问清谁签字。", f"Ask your coach 陈丽 by {BY} who signs."), [MET, COACH_IN_POST], "calls 陈丽 a coach"),
    (Text(f"{BY} 前当面见陈丽。", f"See 陈丽 in person by {BY}."), [SOMEBODY], "never met"),
    (Text(f"{BY} 前当面见陈丽；请孙立引荐，与周伟第一次见面。", f"See 陈丽 in person and get a first meeting with 周伟 through 孙立 by {BY}."),
     [SOMEBODY, COACH_IN_POST, {"name": "周伟"}], "has us see 陈丽"),
    (Text(f"{BY} 前与陈丽第一次见面。", f"Get a first meeting with 陈丽 by {BY}."), [SOMEBODY], "without a way"),
    (Text(f"{BY} 前请孙立引荐，与陈丽第一次见面。", f"Get a first meeting with 陈丽 through 孙立 by {BY}."),
     [SOMEBODY, {"name": "孙立"}], "孙立 is to introduce us"),
    (Text(f"{BY} 前当面见陈丽。", f"See 陈丽 in person by {BY}."), [{**MET, "post_status": "left"}], "is gone"),
    (Text(f"{BY} 前当面见王卫东。", f"See 王卫东 in person by {BY}."), [MET], "whom the map lacks"),
    (Text("2026-07-14 前当面见陈丽。", "See 陈丽 in person by 2026-07-14."), [MET], "days"),
    (Text("当面见陈丽。", "See 陈丽 in person."), [MET], "days"),
    (Text(f"{BY} 前见{{who}}。", f"See {{who}} by {BY}."), [MET], "not filled"),
    (Text(f"本周，{BY} 前，见陈丽。", f"See 陈丽 this week, by {BY}."), [MET], "this week"),
]  # fmt: skip
GOOD_ADVICE = [
    (Text(f"{BY} 前向教练孙立问清谁签字。", f"Ask your coach 孙立 by {BY} who signs."), [MET, COACH_IN_POST]),
    (Text(f"{BY} 前请孙立引荐，与陈丽第一次见面。", f"Get a first meeting with 陈丽 through 孙立 by {BY}."), [SOMEBODY, COACH_IN_POST]),
    (Text(f"{BY} 前在“阶段”表核对“已有教练”。", f"Check “Coach in place” on the Stages sheet by {BY}."), [MET]),
]  # fmt: skip


def faults_of(words, people, lang):
    judgement = judge(WarMap.model_validate({"deal": {"as_of": "2026-06-30"}, "contacts": people}))
    flag = next(flag for flag in judgement.flags if flag.code not in SPOKEN_OF | ABOUT_THOSE_GONE | ABOUT_THE_COACH)
    return faults(judgement, flag, words.to(lang), "critical", lang, {"王卫东"})


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("words", "people", "fault"), BAD_ADVICE, ids=[line[0].en for line in BAD_ADVICE])
def test_bad_advice_is_found(words, people, fault, lang):
    assert fault in "\n".join(faults_of(words, people, lang))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("words", "people"), GOOD_ADVICE, ids=[line[0].en for line in GOOD_ADVICE])
def test_good_advice_is_left_alone(words, people, lang):
    assert faults_of(words, people, lang) == []


# -- by example ---------------------------------------------------------------------------------------------------------

UNMET = {"name": "王卫东", "buying_roles": ["economic"], "level": "manager", "style": "driver"}
FRIEND = {"name": "陈丽", "contact_frequency": "frequent", "support": "support"}
OUR_COACH = {**FRIEND, "buying_roles": ["coach"]}
USER = {"name": "周伟", "buying_roles": ["user"]}
HEARD = {"name": "钱进", "support": "oppose", "contact_frequency": "rare", "last_contact": "2026-01-05"}
GONE = {"name": "钱进", "post_status": "left"}
SAYS = [
    ("an executive of ours where nobody can introduce us", "RF202", [UNMET], "由我方级别相当的领导出面，与王卫东第一次见面"),
    ("our counterpart goes first", "RF202", [{**UNMET, "counterpart": "秦岚"}], "由我方秦岚出面，与王卫东第一次见面"),
    ("but not the rep, who is asking", "RF202", [{**UNMET, "counterpart": "林涛"}], "由我方级别相当的领导出面"),
    ("a user is rung up", "RF206", [USER], "打电话自我介绍，与周伟第一次见面"),
    ("somebody who reports to the person", "RF202", [UNMET, {**FRIEND, "reports_to": "王卫东"}], "请陈丽引荐，与王卫东第一次见面"),
    ("two introductions", "RF202", [UNMET, {"name": "孙立", "reports_to": "王卫东"}, {**FRIEND, "influenced_by": ["孙立"]}],
     "请陈丽、再请孙立引荐，与王卫东第一次见面"),
    ("the nearest of two", "RF202", [UNMET, {**UNMET, "name": "何国强"}, {**FRIEND, "reports_to": "何国强"}],
     "请陈丽引荐，与何国强第一次见面，"),
    ("two to whom one way leads", "RF202", [UNMET, {**UNMET, "name": "何国强"}], "与王卫东、何国强第一次见面"),
    ("met and unmet in one remedy", "RF401",
     [{**UNMET, "response_mode": "even_keel"},
      {**FRIEND, "name": "何国强", "buying_roles": ["economic"], "response_mode": "even_keel"}],
     "再当面见何国强；由我方级别相当的领导出面，与王卫东第一次见面，"),
    ("the manner before a meeting", "RF202", [UNMET], "开门见山谈结果：2026-07-14 前由我方"),
    ("the coach by name", "RF203", [OUR_COACH], "2026-07-14 前向教练陈丽问清"),
    ("another friend by name", "RF203", [FRIEND], "2026-07-14 前向陈丽问清"),
    ("not one who is against us", "RF203", [{**FRIEND, "support": "oppose"}], "向客户前台或自己的人脉问清"),
    ("not a coach nobody has met", "RF203", [{**OUR_COACH, "contact_frequency": "never"}], "向客户前台或自己的人脉问清"),
    ("a friend as coach to be", "RF101", [FRIEND], "争取陈丽做我们的教练"),
    ("the manager talks a plan over", "RF907", [{**FRIEND, "name": name, "support": "neutral"} for name in "甲乙丙丁"], "与主管过一遍"),
    ("whoever took over", "RF902", [GONE], "找到接替钱进的人，当面谈，"),
    ("whoever has an objection open is heard first", "RF306", [{**HEARD, "support": "neutral"}], "先问清还有哪些顾虑"),
    ("whoever is against us is heard first", "RF306", [{**HEARD, "name": "孙立"}], "先问清还有哪些顾虑"),
    ("others get news", "RF306", [{**HEARD, "name": "孙立", "support": "neutral"}], "分享一条对其工作有用的消息"),
    ("whoever raised it", "RF902", [], "弄清“太慢”是谁提的"),
    ("the coach who left is called", "RF102", [{**OUR_COACH, "post_status": "left"}], "给陈丽打电话"),
    ("but not one who was against us", "RF102", [{**OUR_COACH, "post_status": "left", "support": "oppose"}, USER],
     "向客户前台或自己的人脉问清由谁接替陈丽"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "people", "words"), [line[1:] for line in SAYS], ids=[line[0] for line in SAYS])
def test_what_a_remedy_says(code, people, words):
    objection = {"contact": "钱进", "objection": "太慢", "raised_on": "2026-06-01"}
    deal = {"as_of": "2026-06-30", "owner": "林涛"}
    judgement = judge(WarMap.model_validate({"deal": deal, "contacts": people, "objections": [objection]}))
    flag = next(flag for flag in judgement.flags if flag.code == code)
    assert words in flag.remedy("zh")


@pytest.mark.parametrize(
    ("owner", "words"), [("林涛", "前做完、改期"), ("周舟", "前与周舟商定"), (None, "定一位责任人")]
)
def test_nobody_settles_an_overdue_action_with_himself(owner, words):
    action = {"what": "送交成本明细", "owner": owner, "due": "2026-06-01"}
    judgement = judge(WarMap.model_validate({"deal": {"as_of": "2026-06-30", "owner": "林涛"}, "actions": [action]}))
    assert words in next(flag for flag in judgement.flags if flag.code == "RF905").remedy("zh")


@pytest.mark.parametrize(
    ("frequency", "words"), [("rare", "“信任”表先给陈丽打分"), ("never", "与陈丽第一次见面，回来")]
)
def test_only_whom_we_have_met_is_rated(frequency, words):
    people = [{"name": "陈丽", "influence": "high", "contact_frequency": frequency}, {"name": "孙立"}]
    trust = [{"contact": "孙立", "ratings": {"sincerity": {"rating": 3}}}]
    judgement = judge(WarMap.model_validate({"contacts": people, "trust": trust}))
    assert words in next(flag for flag in judgement.flags if flag.code == "RF804").remedy("zh")


def test_trust_is_not_rated_among_the_light_while_the_heaviest_was_never_met():
    heavy = {"name": "陈丽", "influence": "high", "contact_frequency": "never"}
    people = [heavy, {"name": "孙立", "influence": "low"}, {"name": "周舟", "influence": "low"}]
    trust = [{"contact": "周舟", "ratings": {"sincerity": {"rating": 3}}}]
    judgement = judge(WarMap.model_validate({"contacts": people, "trust": trust}))
    remedy = next(flag for flag in judgement.flags if flag.code == "RF804").remedy("zh")
    assert "陈丽第一次见面" in remedy
    assert "孙立" not in remedy


@pytest.mark.parametrize(
    ("done", "words"),
    [
        ([], "听完、问清、复述，再用客户案例或第三方数据回应；"),
        (["listened", "clarified"], "，复述，再用客户案例或第三方数据回应；"),
        (["listened", "clarified", "restated"], "，用客户案例或第三方数据回应；"),
        (["listened", "clarified", "restated", "answered"], "，问清还差什么才算了结；"),
    ],
)
def test_an_objection_goes_on_where_it_stands(done, words):
    objection = {"contact": "陈丽", "objection": "太慢", "raised_on": "2026-06-01", **dict.fromkeys(done, True)}
    data = {"deal": {"as_of": "2026-06-30"}, "contacts": [{"name": "陈丽"}], "objections": [objection]}
    flag = next(flag for flag in judge(WarMap.model_validate(data)).flags if flag.code == "RF902")
    assert words in flag.remedy("zh")


def test_a_line_of_advice_names_the_day_of_the_heaviest_flag_it_counts():
    person = {**UNMET, "influence": "high", "level": "director", "support": "oppose", "buying_roles": ["technical"]}
    line = judge(WarMap.model_validate({"deal": {"as_of": "2026-06-30"}, "contacts": [person]})).next_actions[0]
    assert (line.flag.code, line.severity.value) == ("RF303", "critical")
    assert "by 2026-07-07" in line.remedy("en")


# -- the words themselves ----------------------------------------------------------------------------------------------

HEADERS = {
    lang: {field.zh if lang == "zh" else field.en for table in TABLES for field in table.fields} for lang in LANGUAGES
}
ENTRIES = (*BuyingRole, *EvidenceGrade, *WinStatus)
SHEETS = {lang: {tab.name.to(lang) for tab in TABS} for lang in LANGUAGES}
LABELS = {lang: {re.split("[（(]", table.label.to(lang))[0].strip() for table in TABLES} for lang in LANGUAGES}


def remedies_of(rule):
    """The remedy of a rule and those of its special cases."""
    module = sys.modules[(rule.check or rule.check_flags).__module__]
    cases = [text for text in vars(module).values() if isinstance(text, Text) and "by" in asked_for(text)]
    return [rule.remedy, *cases]


REMEDIES = [
    pytest.param(text, id=f"{rule.code}-{place}")
    for rule in all_rules().values()
    for place, text in enumerate(remedies_of(rule))
]
every_remedy = pytest.mark.parametrize("remedy", REMEDIES)


@every_remedy
def test_a_remedy_asks_for_the_same_facts_in_both_languages(remedy):
    assert asked_for(remedy) == asked_for(Text(remedy.en, remedy.zh))
    assert "by" in asked_for(remedy)


@every_remedy
def test_a_remedy_has_at_most_two_sentences(remedy):
    bare = Text(*(re.sub(r"“[^”]*”|（[^）]*）|\([^)]*\)", "", words) for words in remedy))
    assert len(re.findall("[。？！]", bare.zh)) <= 2
    assert len(re.findall(r"[.?!](?= |$)", bare.en)) <= 2


@every_remedy
def test_a_remedy_begins_with_a_verb_so_that_a_manner_can_stand_before_it(remedy):
    assert re.match(r"\{(see|reach)\} |[A-Z][a-z]+ ", remedy.en)


@every_remedy
def test_a_remedy_names_sheets_tables_and_columns_as_the_workbook_does(remedy):
    for places in re.findall(r"((?:“[^”]+”和?)+)(?:三张)?表", remedy.zh):
        assert set(re.findall("“([^”]+)”", places)) <= SHEETS["zh"] | LABELS["zh"]
    for names, kind in re.findall(
        r"\b(?:the|The) ((?:[A-Z]\w+(?: [a-z]+)?(?:, | and )?)+) (sheet|table)s?\b", remedy.en
    ):
        assert set(re.split(", | and ", names)) <= (SHEETS if kind == "sheet" else LABELS)["en"]
    for lang in LANGUAGES:
        known = (
            HEADERS[lang]
            | SHEETS[lang]
            | LABELS[lang]
            | {term.label.to(lang) for term in ENTRIES}
            | {DO_NOTHING.to(lang), YES.to(lang)}
        )
        quoted = {words for words in re.findall("“([^”]+)”", remedy.to(lang)) if "{" not in words}
        assert quoted <= known


@every_remedy
def test_a_remedy_guesses_at_nobodys_gender(remedy):
    assert not re.search(r"\b(he|him|his|she|her|hers)\b", remedy.en, re.IGNORECASE)
    assert not re.search("[他她]", remedy.zh)


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_is_asked_for_and_has_a_name_in_general(fact):
    assert any(fact in asked_for(text) for param in REMEDIES for text in param.values)
    assert all(FACTS[fact].in_general)


# -- any map -----------------------------------------------------------------------------------------------------------


@settings(max_examples=2000 if IS_WHOLE else 400, deadline=None)
@given(fuller_maps())
def test_the_remedies_of_any_map(data):
    judgement = judge(WarMap.model_validate(data))
    strangers = set(NAMES) - {contact.name for contact in judgement.map.contacts}
    assert [fault for lang in LANGUAGES for fault in all_faults(judgement, lang, strangers)] == []
