"""Each red flag at its boundaries (specification, section 4): the map on the left, what the rule says on the right.

`NO` is silence. A person is written `who(...)`, judged on `TODAY`.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from warmap.settings import settings_from
from warmap.terms import STAGE_CRITERIA

TODAY = date(2026, 6, 30)
STAGES = [stage.value for stage in STAGE_CRITERIA]
NO: list[tuple[str, str]] = []


def ago(days):
    return (TODAY - timedelta(days=days)).isoformat()


def who(name="陈丽", **fields):
    return {"name": name, **fields}


def coach(name="刘志强", **fields):
    return who(name, buying_roles=["coach"], **fields)


def user(name="周伟", **fields):
    return who(name, buying_roles=["user"], **fields)


def technical(name="赵敏", **fields):
    return who(name, buying_roles=["technical"], **fields)


def economic(name="王卫东", **fields):
    return who(name, buying_roles=["economic"], **fields)


def on_map(*contacts, **deal):
    return {"deal": {"as_of": TODAY.isoformat(), **deal}, "contacts": list(contacts)}


def at(number, **deal):
    """The deal with stage `number` declared (0: none)."""
    return on_map(stage=STAGES[number - 1] if number else None, **deal)


def says(severity, *subjects):
    return [(subject, severity) for subject in subjects]


def table(code, *lines):
    """One parametrised case a line: what it shows, the map, what the rule says."""
    return [pytest.param(code, data, expected, id=f"{code}: {what}") for what, data, expected in lines]


def trust(contact="王卫东", grade="proven", rated_on=None, **ratings):
    judged = {pillar: {"rating": rating, "evidence_grade": grade} for pillar, rating in ratings.items()}
    return {"contact": contact, "ratings": judged, "rated_on": rated_on}


HIGH = who(influence="high")
MET = who(influence="high", contact_frequency="rare")
COACH = [
    *table(
        "RF101",
        ("nobody at all", on_map(), says("critical", "coach")),
        ("a coach in post", on_map(coach()), NO),
        ("a coach new in post", on_map(coach(post_status="new_in_post")), NO),
        ("the coach has left: RF102's to say", on_map(coach(post_status="left")), NO),
    ),
    *table(
        "RF102",
        ("left", on_map(coach(post_status="left")), says("critical", "刘志强")),
        ("transferred", on_map(coach(post_status="transferred")), says("critical", "刘志强")),
        ("new in post is still here", on_map(coach(post_status="new_in_post")), NO),
        ("a user who left was no coach", on_map(user(post_status="left")), NO),
        ("one flag each, less heavy while another coaches", on_map(coach("马超", post_status="left"), coach(),
         coach("罗娟", post_status="transferred")), says("major", "马超", "罗娟")),
        ("one flag each, and nobody else coaches", on_map(coach("马超", post_status="left"),
         coach("罗娟", post_status="transferred")), says("critical", "马超", "罗娟")),
    ),
    *table(
        "RF103",
        ("no coach is RF101's to say", on_map(), NO),
        ("an expert", on_map(coach(level="expert")), says("major", "coach")),
        ("level blank", on_map(coach()), says("major", "coach")),
        ("a manager", on_map(coach(level="manager")), NO),
        ("one director among clerks", on_map(coach("马超", level="clerk"), coach(level="director")), NO),
        ("the director has left", on_map(coach("马超", level="clerk"), coach(level="director", post_status="left")),
         says("major", "coach")),
    ),
    *table(
        "RF104",
        ("no coach is RF101's to say", on_map(), NO),
        ("blank is not yes", on_map(coach()), says("major", "coach")),
        ("no", on_map(coach(wants_our_success=False)), says("major", "coach")),
        ("one of two does", on_map(coach("马超"), coach(wants_our_success=True)), NO),
    ),
]  # fmt: skip

ROLES = [
    *table(
        "RF201",
        ("nobody holds it", on_map(user()), says("critical", "economic")),
        ("somebody does", on_map(economic()), NO),
        ("the holder was moved", on_map(economic(post_status="transferred")), says("critical", "economic")),
    ),
    *table(
        "RF202",
        ("nobody holds it: RF201's to say", on_map(stage=STAGES[3]), NO),
        ("stage 2", on_map(economic(), stage=STAGES[1]), says("major", "economic")),
        ("stage 3", on_map(economic(), stage=STAGES[2]), says("critical", "economic")),
        ("no stage declared", on_map(economic()), says("major", "economic")),
        ("never", on_map(economic(contact_frequency="never")), says("major", "economic")),
        ("rarely is met", on_map(economic(contact_frequency="rare")), NO),
        ("one of two met", on_map(economic("何国强"), economic(contact_frequency="rare")), NO),
    ),
    *table(
        "RF203",
        ("nobody holds it", on_map(user()), says("major", "technical")),
        ("somebody does", on_map(technical()), NO),
    ),
    *table(
        "RF204",
        ("nobody holds it", on_map(technical()), says("major", "user")),
        ("somebody does", on_map(user()), NO),
    ),
    *table(
        "RF205",
        ("opposes", on_map(technical(support="oppose")), says("critical", "赵敏")),
        ("opposes strongly", on_map(technical(support="strong_oppose")), says("critical", "赵敏")),
        ("neutral", on_map(technical(support="neutral")), NO),
        ("unknown", on_map(technical()), NO),
        ("gone", on_map(technical(support="oppose", post_status="left")), NO),
        ("an opposing user has no veto", on_map(user(support="oppose")), NO),
        ("one flag each", on_map(technical(support="oppose"), technical("吴刚", support="strong_oppose")),
         says("critical", "赵敏", "吴刚")),
    ),
    *table(
        "RF206",
        ("no users: RF204's to say", on_map(), NO),
        ("blank", on_map(user()), says("major", "user")),
        ("never", on_map(user(contact_frequency="never"), user("吴刚")), says("major", "user")),
        ("one of two met", on_map(user(), user("吴刚", contact_frequency="rare")), NO),
    ),
    *table(
        "RF207",
        ("no holder: RF201's to say", on_map(), NO),
        ("an expert", on_map(economic(level="expert")), says("major", "economic")),
        ("level blank", on_map(economic()), says("major", "economic")),
        ("a manager", on_map(economic(level="manager")), NO),
        ("a director beside an expert", on_map(economic("何国强", level="expert"), economic(level="director")), NO),
    ),
]  # fmt: skip

PEOPLE = [
    *table(
        "RF301",
        ("high and opposing", on_map(who(influence="high", support="oppose")), says("critical", "陈丽")),
        ("high and neutral", on_map(who(influence="high", support="neutral")), NO),
        ("medium and opposing", on_map(who(influence="medium", support="strong_oppose")), NO),
        ("influence blank counts as low", on_map(who(support="oppose")), NO),
        ("high, opposing and technical: RF205 says it", on_map(technical(influence="high", support="oppose")), NO),
        ("RF205 of one person leaves another to RF301", on_map(technical(influence="high", support="oppose"),
         who(influence="high", support="oppose")), says("critical", "陈丽")),
    ),
    *table(
        "RF302",
        ("high, met, support blank", on_map(MET), says("major", "陈丽")),
        ("never met: RF303's to say", on_map(who(influence="high")), NO),
        ("high, neutral is known", on_map(who(influence="high", support="neutral")), NO),
        ("medium, support blank", on_map(who(influence="medium")), NO),
    ),
    *table(
        "RF303",
        ("never", on_map(who(influence="high", contact_frequency="never")), says("major", "陈丽")),
        ("blank", on_map(who(influence="high")), says("major", "陈丽")),
        ("rarely is met", on_map(who(influence="high", contact_frequency="rare")), NO),
        ("medium", on_map(who(influence="medium")), NO),
        ("the only decision maker: RF202 says it", on_map(economic(influence="high")), NO),
        ("another decision maker was met, so RF202 is silent", on_map(economic(influence="high"),
         economic("何国强", contact_frequency="rare")), says("major", "王卫东")),
        ("RF202 of the decision maker leaves the others to RF303", on_map(economic(influence="high"),
         who(influence="high")), says("major", "陈丽")),
    ),
    *table(
        "RF304",
        ("director, nobody", on_map(who(level="director")), says("major", "陈丽")),
        ("director, only space", on_map(who(level="director", counterpart="  ")), says("major", "陈丽")),
        ("director, somebody", on_map(who(level="director", counterpart="林涛")), NO),
        ("manager, nobody", on_map(who(level="manager")), NO),
        ("gone", on_map(who(level="director", post_status="left")), NO),
    ),
    *table(
        "RF305",
        ("gap 1", on_map(who(level="director", counterpart_level="manager")), NO),
        ("gap 2", on_map(who(level="director", counterpart_level="expert")), says("minor", "陈丽")),
        ("gap 2 lower down", on_map(who(level="expert", counterpart_level="clerk")), says("minor", "陈丽")),
        ("ours is the higher", on_map(who(level="clerk", counterpart_level="director")), NO),
        ("our level blank", on_map(who(level="director")), NO),
        ("their level blank", on_map(who(counterpart_level="clerk")), NO),
        ("gone", on_map(who(level="director", counterpart_level="clerk", post_status="left")), NO),
    ),
    *table(
        "RF306",
        ("high, 30 days", on_map(who(influence="high", last_contact=ago(30))), NO),
        ("high, 31 days", on_map(who(influence="high", last_contact=ago(31))), says("major", "陈丽")),
        ("medium, 60 days", on_map(who(influence="medium", last_contact=ago(60))), NO),
        ("medium, 61 days", on_map(who(influence="medium", last_contact=ago(61))), says("minor", "陈丽")),
        ("low, 90 days", on_map(who(influence="low", last_contact=ago(90))), NO),
        ("low, 91 days", on_map(who(influence="low", last_contact=ago(91))), says("minor", "陈丽")),
        ("blank counts as low", on_map(who(last_contact=ago(91))), says("minor", "陈丽")),
        ("no date", on_map(who(influence="high")), NO),
        ("gone", on_map(who(influence="high", last_contact=ago(400), post_status="left")), NO),
    ),
    *table(
        "RF307",
        ("new by status, high", on_map(who(influence="high", post_status="new_in_post")), says("major", "陈丽")),
        ("new by status, economic", on_map(economic(post_status="new_in_post")), says("major", "王卫东")),
        ("new by status, technical", on_map(technical(post_status="new_in_post")), says("major", "赵敏")),
        ("new by status, a mere user", on_map(user(influence="medium", post_status="new_in_post")), NO),
        ("90 days", on_map(who(influence="high", post_since=ago(90))), says("major", "陈丽")),
        ("91 days", on_map(who(influence="high", post_since=ago(91))), NO),
        ("today", on_map(who(influence="high", post_since=ago(0))), says("major", "陈丽")),
        ("a post that begins tomorrow", on_map(who(influence="high", post_since=ago(-1))), NO),
        ("new by status though long ago by date", on_map(economic(post_status="new_in_post", post_since=ago(300))),
         says("major", "王卫东")),
        ("left within 90 days", on_map(economic(post_status="left", post_since=ago(10))), NO),
    ),
    *table(
        "RF308",
        ("nobody", on_map(), NO),
        ("one person is no thread to lose", on_map(who()), NO),
        ("two, none in touch", on_map(who(), who("孙立", contact_frequency="rare")), says("major", "deal")),
        ("two, one in touch", on_map(who(contact_frequency="frequent"), who("孙立", contact_frequency="rare")),
         says("major", "deal")),
        ("one, and one who has left", on_map(who(), who("孙立", post_status="left")), NO),
        ("two, both in touch", on_map(who(contact_frequency="frequent"), who("孙立", contact_frequency="occasional")), NO),
        ("the second in touch has left", on_map(who(contact_frequency="frequent"), who("钱进"),
         who("孙立", contact_frequency="frequent", post_status="left")), says("major", "deal")),
    ),
    *table(
        "RF309",
        ("undated", on_map(who(support="support")), says("minor", "陈丽")),
        ("90 days", on_map(who(support="support", assessed_on=ago(90))), NO),
        ("91 days", on_map(who(support="support", assessed_on=ago(91))), says("minor", "陈丽")),
        ("unknown support cannot age", on_map(who(assessed_on=ago(400))), NO),
        ("gone", on_map(who(support="support", post_status="left")), NO),
    ),
]  # fmt: skip


def ticked(criterion, *, done=True, evidence="Minutes", **more):
    """One exit criterion ticked, or not."""
    stage = next(stage for stage, criteria in STAGE_CRITERIA.items() if criterion in criteria)
    row = {"stage": stage.value, "criterion": criterion, "done": done, "evidence": evidence}
    return {**on_map(), "stage_evidence": [row], **more}


def earned(number, declared, drop=None, **deal):
    """All criteria of the stages below `number` done, except `drop`."""
    rows = [
        {"stage": stage.value, "criterion": criterion.value, "done": criterion.value != drop, "evidence": "Minutes"}
        for stage, criteria in STAGE_CRITERIA.items()
        if stage.number < number
        for criterion in criteria
    ]
    return {**at(declared, **deal), "stage_evidence": rows}


STAGE = [
    *table(
        "RF501",
        ("quoted at stage 1", at(1, quoted_on=ago(5)), says("critical", "deal")),
        ("quoted at stage 3", at(3, quoted_on=ago(5)), says("critical", "deal")),
        ("quoted at stage 4", at(4, quoted_on=ago(5)), NO),
        ("not quoted", at(1), NO),
        ("no stage declared", at(0, quoted_on=ago(5)), NO),
    ),
    *table(
        "RF502",
        ("stage 3", at(3), NO),
        ("stage 4", at(4), says("major", "deal")),
        ("stage 5", at(5), NO),
        ("stage 4, only space", {**at(4), "negotiation": {"our_alternative": " "}}, says("major", "deal")),
        ("stage 4, named", {**at(4), "negotiation": {"our_alternative": "转做华东二期"}}, NO),
    ),
    *table(
        "RF503",
        ("none declared", at(0), NO),
        ("stage 1 needs no evidence", at(1), NO),
        ("stage 2 without evidence", at(2), says("major", STAGES[1])),
        ("stage 2 earned", earned(2, declared=2), NO),
        ("stage 3 on the evidence of stage 1", earned(2, declared=3), says("major", STAGES[2])),
        ("a gap in stage 1 holds back stage 4", earned(4, declared=4, drop="need_written"), says("major", STAGES[3])),
        ("declared below what is earned", earned(4, declared=2), NO),
        ("stage 6 is the last", earned(7, declared=6), NO),
    ),
    *table(
        "RF504",
        ("90 days", at(3, stage_since=ago(90)), NO),
        ("91 days", at(3, stage_since=ago(91)), says("major", STAGES[2])),
        ("no date", at(3), NO),
        ("no stage declared", at(0, stage_since=ago(91)), NO),
    ),
    *table(
        "RF505",
        ("yesterday, stage 4", at(4, close_date=ago(1)), says("critical", "deal")),
        ("yesterday, stage 5", at(5, close_date=ago(1)), NO),
        ("yesterday, stage 1: only the heavier is said", at(1, close_date=ago(1)), says("critical", "deal")),
        ("yesterday, none declared", at(0, close_date=ago(1)), says("critical", "deal")),
        ("today, stage 4", at(4, close_date=ago(0)), NO),
        ("today, stage 3: RF506's to say", at(3, close_date=ago(0)), NO),
        ("in 19 days, stage 5 earned: RF506's to say", earned(5, declared=3, close_date=ago(-19)), NO),
        ("in 20 days, stage 5 earned, 3 declared", earned(5, declared=3, close_date=ago(-20)), says("major", "deal")),
        ("in 30 days, stage 5 earned, 3 declared", earned(5, declared=3, close_date=ago(-30)), says("major", "deal")),
        ("in 31 days, stage 5 earned, 3 declared", earned(5, declared=3, close_date=ago(-31)), NO),
        ("in 30 days, stage 4", at(4, close_date=ago(-30)), NO),
        ("in 30 days, stage 5 earned, none declared", earned(5, declared=0, close_date=ago(-30)), says("major", "deal")),
        ("yesterday, lost", at(4, close_date=ago(1), outcome="lost"), NO),
        ("no date", at(1), NO),
        ("as_of blank", {"deal": {"stage": STAGES[0], "close_date": ago(1)}}, NO),
    ),
    *table(
        "RF506",
        ("130 days left for the 130 of five stages", at(1, close_date=ago(-130)), NO),
        ("129 days left", at(1, close_date=ago(-129)), says("major", "deal")),
        ("half of the days left", at(1, close_date=ago(-65)), says("major", "deal")),
        ("less than half of them", at(1, close_date=ago(-64)), says("critical", "deal")),
        ("by the stage earned, not the one declared", at(4, close_date=ago(-60)), says("critical", "deal")),
        ("stage 5 earned, 20 days left", earned(5, declared=5, close_date=ago(-20)), NO),
        ("stage 5 earned, 19 days left", earned(5, declared=5, close_date=ago(-19)), says("major", "deal")),
        ("the date has passed: RF505's to say", at(1, close_date=ago(1)), NO),
        ("stage 6 declared", at(6, close_date=ago(0)), NO),
        ("the contract is signed", earned(6, declared=5, close_date=ago(0)), NO),
        ("won", at(4, close_date=ago(0), outcome="won"), NO),
        ("no date", at(1), NO),
    ),
    *table(
        "RF507",
        ("ticked, and the map has no coach", ticked("coach_in_place"), says("minor", STAGES[1])),
        ("ticked without evidence", ticked("coach_in_place", evidence=None), says("minor", STAGES[1])),
        ("not ticked", ticked("coach_in_place", done=False), NO),
        ("ticked, and the map agrees", ticked("coach_in_place", contacts=[coach()]), NO),
        ("a coach who does not want our success", ticked("coach_in_place", contacts=[coach(wants_our_success=False)]),
         says("minor", STAGES[1])),
        ("only doing nothing is scored", ticked("rivals_known", competition=[
            {"criterion": "交付", "weight": 1, "scores": {"维持现状": 3}}]), says("minor", STAGES[1])),
        ("met on a visit that has a result", ticked("gatekeeper_met", contacts=[technical()], visits=[
            {"date": ago(3), "contacts": ["赵敏"], "actual_result": "认可方案"}]), NO),
        ("nothing the map tells of", ticked("pain_confirmed"), NO),
    ),
]  # fmt: skip


def wins(*rows, people):
    return {**on_map(*people), "wins": list(rows)}


def outcome(stage, *, we_win, met, **more):
    """One user with `met` of six criteria met; we win when our win and a target price are stated."""
    criteria = ("reliability", "efficiency", "skills", "performance", "best_fix", "easier_work")
    ours = {"our_win": "拿下行业标杆"} if we_win else {}
    row = {"contact": "周伟", "role": "user", "statuses": dict.fromkeys(criteria[:met], "met")}
    deal = {"stage": STAGES[stage - 1] if stage else None, **ours}
    return {**on_map(user(), **deal), "wins": [row], "negotiation": {"target_price": 900000}, **more}


WINS = [
    *table(
        "RF601",
        ("a row without", wins({"contact": "陈丽", "role": "user"}, people=[MET]), says("major", "陈丽")),
        ("of one never met", wins({"contact": "陈丽", "role": "user"}, people=[HIGH]), NO),
        ("a row with only space", wins({"contact": "陈丽", "personal_win": " "}, people=[MET]), says("major", "陈丽")),
        ("the second of two rows has it", wins({"contact": "陈丽", "role": "user"},
         {"contact": " 陈丽 ", "role": "coach", "personal_win": "被视为领导"}, people=[MET]), NO),
        ("somebody else's", wins({"contact": "孙立", "personal_win": "取得业绩"}, people=[MET]), says("major", "陈丽")),
        ("medium influence", wins({"contact": "陈丽"}, people=[who(influence="medium")]), NO),
        ("the table empty", wins(people=[MET]), NO),
    ),
    *table(
        "RF602",
        ("stage 3", outcome(3, we_win=True, met=0), NO),
        ("stage 4, the customer loses", outcome(4, we_win=True, met=2), says("critical", "deal")),
        ("stage 4, both win at one half", outcome(4, we_win=True, met=3), NO),
        ("stage 4, we lose", outcome(4, we_win=False, met=3), says("major", "deal")),
        ("stage 4, both lose", outcome(4, we_win=False, met=2), says("critical", "deal")),
        ("stage 6", outcome(6, we_win=True, met=1), says("critical", "deal")),
        ("nobody's criteria known: RF604's to say", outcome(6, we_win=True, met=0), NO),
        ("target below walk-away", outcome(4, we_win=True, met=6,
         negotiation={"target_price": 1, "walk_away_price": 2}), says("major", "deal")),
        ("nobody holds a role: not assessed", outcome(4, we_win=True, met=0, contacts=[who()]), NO),
    ),
    *table(
        "RF604",
        ("stage 2", outcome(2, we_win=True, met=0), NO),
        ("stage 3", outcome(3, we_win=True, met=0), says("major", "deal")),
        ("stage 3, one known", outcome(3, we_win=True, met=1), NO),
        ("stage 3, nobody on the map", at(3), says("major", "deal")),
        ("no stage declared", at(0), NO),
    ),
    *table(
        "RF603",
        ("met, nothing behind it", wins({"contact": "周伟", "role": "user", "statuses": {"skills": "met"}},
         people=[user()]), says("minor", "周伟")),
        ("met, with a result", wins({"contact": "周伟", "role": "user", "statuses": {"skills": "met"},
         "measurable_result": "每班省 2 小时"}, people=[user()]), NO),
        ("met, with evidence", wins({"contact": "周伟", "role": "user", "statuses": {"skills": "met"},
         "evidence": "6 月 3 日邮件确认"}, people=[user()]), NO),
        ("identified only", wins({"contact": "周伟", "role": "user", "statuses": {"skills": "identified"}},
         people=[user()]), NO),
        ("one flag per row", wins({"contact": "周伟", "role": "user", "statuses": {"skills": "met"}},
         {"contact": "周伟", "role": "coach", "statuses": {"visibility": "met"}}, people=[user()]),
         says("minor", "周伟", "周伟")),
        ("gone", wins({"contact": "周伟", "role": "user", "statuses": {"skills": "met"}},
         people=[user(post_status="left")]), NO),
        ("nobody of that name", wins({"contact": "某人", "role": "user", "statuses": {"skills": "met"}},
         people=[user()]), NO),
    ),
]  # fmt: skip


def rated(*rows, people):
    return {**on_map(*people), "trust": list(rows)}


TRUST = [
    *table(
        "RF801",
        ("decision maker below 40", rated(trust(expertise=1.9), people=[economic()]), says("critical", "王卫东")),
        ("decision maker at 40", rated(trust(expertise=2), people=[economic()]), NO),
        ("high influence below 40", rated(trust("陈丽", expertise=1.9), people=[HIGH]), says("major", "陈丽")),
        ("both: said once", rated(trust(expertise=1), people=[economic(influence="high")]), says("critical", "王卫东")),
        ("medium influence", rated(trust("陈丽", expertise=0), people=[who(influence="medium")]), NO),
        ("unrated", rated(trust("陈丽", expertise=5), people=[HIGH, economic()]), NO),
        ("gone", rated(trust(expertise=1), people=[economic(post_status="left")]), NO),
        ("capped by lack of evidence it is 40", rated(trust(expertise=5, grade=None), people=[economic()]), NO),
        ("faded over 180 days", rated(trust(relationship=3), people=[economic(last_contact=ago(180))]),
         says("critical", "王卫东")),
    ),
    *table(
        "RF802",
        ("30 above", rated(trust(relationship=4, expertise=2.5), people=[economic()]), says("major", "deal")),
        ("28 above", rated(trust(relationship=4, expertise=2.6), people=[economic()]), NO),
        ("30 above the mean of the two", rated(trust(relationship=4, professional=3, expertise=2), people=[economic()]),
         says("major", "deal")),
        ("only professional rated", rated(trust(relationship=5, professional=3), people=[economic()]),
         says("major", "deal")),
        ("neither rated", rated(trust(relationship=5, sincerity=1), people=[economic()]), NO),
        ("relationship not rated", rated(trust(professional=0, expertise=0), people=[economic()]), NO),
        ("faded", rated(trust(relationship=4, expertise=2.5), people=[economic(last_contact=ago(1))]), NO),
    ),
    *table(
        "RF803",
        ("none bears 2", rated(trust(sincerity=2, grade=None), people=[economic()]), NO),
        ("none does not bear 3", rated(trust(sincerity=3, grade=None), people=[economic()]), says("minor", "王卫东")),
        ("a guess bears 3", rated(trust(sincerity=3, grade="guess"), people=[economic()]), NO),
        ("a guess does not bear 4", rated(trust(sincerity=4, grade="guess"), people=[economic()]), says("minor", "王卫东")),
        ("a statement does not bear 5", rated(trust(sincerity=5, grade="stated"), people=[economic()]),
         says("minor", "王卫东")),
        ("proof bears 5", rated(trust(sincerity=5), people=[economic()]), NO),
        ("two pillars, one flag", rated(trust(sincerity=4, expertise=4, grade="guess"), people=[economic()]),
         says("minor", "王卫东")),
        ("a later rating has put it right", rated(trust(sincerity=4, grade="stated", rated_on=ago(1)),
         trust(sincerity=5, grade="guess", rated_on=ago(9)), people=[economic()]), NO),
        ("gone", rated(trust(sincerity=5, grade=None), people=[economic(post_status="left")]), NO),
    ),
    *table(
        "RF804",
        ("6 of 10", rated(trust("甲", sincerity=3), trust("乙", sincerity=3), people=[who("甲", influence="high"),
         who("乙", influence="high"), who("丙", influence="high"), who("丁", influence="low")]), NO),
        ("3 of 5", rated(trust("甲", sincerity=3), people=[who("甲", influence="high"), who("乙", influence="medium")]), NO),
        ("3 of 6", rated(trust("甲", sincerity=3), people=[who("甲", influence="high"), who("乙", influence="high")]),
         says("major", "deal")),
        ("the table empty", rated(people=[HIGH]), NO),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "data", "expected"), [*COACH, *ROLES, *PEOPLE, *STAGE, *WINS, *TRUST])
def test_red_flag(raised, code, data, expected):
    assert raised(code, data) == expected


CHANGED = [
    ("RF305", {"counterpart_gap": 1}, on_map(who(level="director", counterpart_level="manager"))),
    ("RF306", {"last_contact_days.high": 7}, on_map(who(influence="high", last_contact=ago(8)))),
    ("RF307", {"new_in_post_days": 120}, on_map(who(influence="high", post_since=ago(120)))),
    ("RF309", {"support_stale_days": 30}, on_map(who(support="support", assessed_on=ago(31)))),
    ("RF501", {"quote_from_stage": 5}, at(4, quoted_on=ago(1))),
    ("RF504", {"stage_stale_days": 30}, at(3, stage_since=ago(31))),
    ("RF505", {"close_soon_days": 60}, earned(5, declared=3, close_date=ago(-60))),
    ("RF506", {"stage_days.need_identification": 21}, at(1, close_date=ago(-130))),
    ("RF602", {"customer_wins_from": 0.6}, outcome(4, we_win=True, met=3)),
    ("RF801", {"low_trust": 50}, rated(trust(expertise=2), people=[economic()])),
    ("RF802", {"relationship_excess": 20}, rated(trust(relationship=4, expertise=3), people=[economic()])),
    ("RF803", {"evidence_cap.proven": 4}, rated(trust(sincerity=5), people=[economic()])),
    ("RF804", {"assessed_share_from": 0.7}, rated(trust("甲", sincerity=3), people=[who("甲", influence="high"), who("乙", influence="medium")])),
]  # fmt: skip


@pytest.mark.parametrize(("code", "changed", "data"), CHANGED, ids=[line[0] for line in CHANGED])
def test_a_threshold_is_a_setting(raised, code, changed, data):
    assert not raised(code, data)
    assert raised(code, data, settings=settings_from(changed))


def test_a_single_thread_names_the_most_influential_of_those_hardly_seen(assess):
    data = on_map(
        who("陈丽", contact_frequency="frequent"), who("孙立", influence="low"), who("何国强", influence="high")
    )
    flag = next(flag for flag in assess(data).flags if flag.code == "RF308")
    assert "何国强" in flag.remedy("zh")
    told = "We see only one of the 3 people in post more than rarely; the most influential of the rest is 何国强."
    assert flag.message("en") == told


def test_a_stage_not_earned_names_what_is_missing(assess):
    flag = next(f for f in assess(earned(2, declared=2, drop="need_written")).flags if f.code == "RF503")
    assert flag.message("zh") == "申报阶段是“市场调研”，证据只支持到“需求识别”，欠缺：需求已书面化。"
    assert "（需求已书面化）" in flag.remedy("zh")
    assert "(Need put in writing)" in flag.remedy("en")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (2, "passed 2 days ago"), (1, "passed yesterday"), (0, "is today"), (-1, "is tomorrow"), (-2, "is 2 days away"),
    ],
)  # fmt: skip
def test_the_close_date_is_told_in_plain_words(assess, days, words):
    no_time_needed = settings_from({"stage_days.contract_signing": 0})
    judged = assess(earned(5, declared=0, close_date=ago(days)), settings=no_time_needed)
    flag = next(flag for flag in judged.flags if flag.code == "RF505")
    assert f" {words}; declared stage: not declared." in flag.message("en")
