"""ROLE_COVERAGE, ROLE_STATUS, CONTACT_STATUS."""

from __future__ import annotations

from collections.abc import Mapping

from warmap.judgement import Judgement
from warmap.model import Contact
from warmap.scores.engagement import SENIOR, engagement, is_active, level_of_engagement
from warmap.scores.roles import RoleScore
from warmap.terms import BuyingRole, RoleState, SocialStyle, key
from warmap.text import COMMA, Text
from warmap.worksheet.declaration import (
    FLAG_TABLES,
    LANG,
    ROWS,
    SETTINGS,
    Call,
    Function,
    Rows,
    Scalar,
    table_arguments,
)

MANNER: Mapping[SocialStyle, Text] = {
    SocialStyle.ANALYTICAL: Text("带数据和事实去", "Bring figures and facts"),
    SocialStyle.DRIVER: Text("开门见山谈结果", "Come straight to the result"),
    SocialStyle.AMIABLE: Text("先谈人，再谈事", "The person first, then the matter"),
    SocialStyle.INNOVATIVE: Text("带一个新点子去", "Bring a new idea"),
}

STEP: Mapping[str, Text] = {
    "identified": Text("约第一次见面", "Arrange a first meeting"),
    "contacted": Text("见得更勤，弄清他的顾虑", "Meet more often and find out what worries this person"),
    "engaged": Text("请他亲口表态或落到书面", "Ask for a statement in person or in writing"),
    "supportive": Text("请他引荐或替我们说话", "Ask for an introduction or a word on our behalf"),
}
GONE = Text("已不在岗", "No longer in post")


MISSING: Mapping[RoleState, Text] = {
    RoleState.MISSING: Text("还没有找到担任此角色的人", "Nobody is known in this role"),
    RoleState.IDENTIFIED: Text("知道是谁，还没有接触", "Known, but not met"),
    RoleState.CONTACTED: Text("接触太少，或态度反对", "Too little contact, or opposition"),
    RoleState.ENGAGED: Text("缺少本人表态或书面证据", "No statement or proof of support yet"),
    RoleState.SUPPORTIVE: Text("", ""),
}
COACH_NOT_HUNGRY = Text("教练未确认希望我们成功", "Not confirmed that the coach wants our success")
COACH_NOT_SENIOR = Text("教练不是经理以上", "The coach is neither director nor manager")


def role_coverage(call: Call) -> Scalar:
    """0 … 1."""
    return call.judgement.role_coverage


def _missing(role: RoleScore, call: Call) -> str:
    best = role.best
    if role.role is BuyingRole.COACH and best is not None and role.state is not RoleState.SUPPORTIVE:
        if best.wants_our_success is not True:
            return COACH_NOT_HUNGRY.to(call.lang)
        if engagement(best, call.judgement.settings) > role.score and best.level not in SENIOR:
            return COACH_NOT_SENIOR.to(call.lang)
    return MISSING[role.state].to(call.lang)


def role_status(call: Call) -> Rows:
    """4 rows: role, people, score 0 … 1, state, best contact, what is missing."""
    comma = COMMA.to(call.lang)
    return [
        [
            role.role.label.to(call.lang),
            comma.join(contact.name or "" for contact in role.holders),
            role.score,
            role.state.label.to(call.lang),
            (role.best.name or "") if role.best else "",
            _missing(role, call),
        ]
        for role in call.judgement.roles.values()
    ]


def _flags_by_contact(judgement: Judgement) -> dict[str, list[tuple[str, str, str]]]:
    """Open flags of each person as (code, remedy zh, remedy en), heaviest first."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for flag in judgement.open_flags:
        found.setdefault(key(flag.subject), []).append((flag.code, flag.remedy("zh"), flag.remedy("en")))
    return found


def next_step(contact: Contact, remedies: list[tuple[str, str, str]], call: Call) -> str:
    """What to do about a person next, in the manner that suits the person's style (004)."""
    lang = call.lang
    words = remedies[0][1 if lang == "zh" else 2] if remedies else STEP[level_of_engagement(contact)].to(lang)
    if contact.style is None:
        return words
    manner = MANNER[contact.style].to(lang)
    return f"{manner}：{words}" if lang == "zh" else f"{manner}: {words}"


def contact_status(call: Call) -> Rows:
    """One row per contact, beside its row in the range: engagement 0.25 … 1, trust 0 … 100, open flags, next step."""
    judgement = call.judgement
    flags = _flags_by_contact(judgement)
    contacts = judgement.map.contacts
    places = call.contact_rows if call.contact_rows is not None else range(len(contacts))
    rows: list[list[Scalar]] = [["", "", "", ""] for _ in range(max(places, default=-1) + 1)]
    for contact, place in zip(contacts, places, strict=True):
        if contact.name is None:
            continue
        if judgement.contacts[key(contact.name)] is not contact:
            continue
        if not is_active(contact):
            codes = sorted({code for code, _, _ in flags.get(key(contact.name), [])})
            rows[place] = ["", "", " ".join(codes), GONE.to(call.lang)]
            continue
        mine = flags.get(key(contact.name), [])
        trust = judgement.trust_of(contact).score
        codes = list(dict.fromkeys(code for code, _, _ in mine))
        rows[place] = [
            engagement(contact, judgement.settings), "" if trust is None else trust, " ".join(codes),
            next_step(contact, mine, call),
        ]  # fmt: skip
    return rows


ROLE_COVERAGE = Function(
    "ROLE_COVERAGE",
    Text("四类购买角色的覆盖程度", "How well the four buying roles are covered"),
    (*table_arguments("contacts"), SETTINGS, LANG),
    Text("0 到 1", "0 … 1"),
    role_coverage,
    "=WARMAP.ROLE_COVERAGE(wm_contacts)",
    score="role_coverage",
)
ROLE_STATUS = Function(
    "ROLE_STATUS",
    Text("每个购买角色：谁、几分、什么状态、还缺什么", "Each buying role: who, what score, what state, what is missing"),
    (*table_arguments("contacts"), SETTINGS, LANG, ROWS),
    Text("4 行", "4 rows"),
    role_status,
    "=WARMAP.ROLE_STATUS(wm_contacts)",
    (
        Text("角色", "Role"), Text("人", "People"), Text("得分", "Score"), Text("状态", "State"),
        Text("最佳人选", "Best contact"), Text("还缺什么", "What is missing"),
    ),
)  # fmt: skip
CONTACT_STATUS = Function(
    "CONTACT_STATUS",
    Text("每位联系人：接触程度、信任、未应对的红旗、下一步", "Each contact: engagement, trust, open flags, next step"),
    (
        *table_arguments("contacts", "trust", "deal", *(t for t in FLAG_TABLES if t not in {"contacts", "trust", "deal"})),
        SETTINGS, LANG, ROWS,
    ),
    Text("每位联系人一行，与原表对齐", "One row a contact, beside its row in the range"),
    contact_status,
    "=WARMAP.CONTACT_STATUS(wm_contacts,wm_trust,wm_deal)",
    (Text("接触程度", "Engagement"), Text("信任分", "Trust score"), Text("未应对红旗", "Open flags"), Text("下一步建议", "Suggested step")),
)  # fmt: skip
