"""The functions about people: who holds which role, who stands where, who decides after whom, who of ours knows whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from warmap.flags import Flag, in_manner
from warmap.hierarchy import Seat, branches, seats
from warmap.judgement import Judgement
from warmap.model import Contact
from warmap.remedies import manner_of
from warmap.rules.rf309_support_judged_long_ago import is_stale
from warmap.scores.engagement import BACKED, SENIOR, engagement, is_active, level_of_engagement, never_met
from warmap.scores.role_coverage import RoleScore, roles
from warmap.scores.trust import trust_of
from warmap.terms import BuyingRole, EvidenceGrade, Influence, OrgLevel, PostStatus, RoleState, Support, Term, key
from warmap.text import COMMA, SEMICOLON, Lang, Text, clipped, spoken
from warmap.worksheet.declaration import ALL_TABLES, FLAG_TABLES, Call, Function, Rows, Scalar, arguments, cell
from warmap.worksheet.guidance import SIGN

STEP: Mapping[str, Text] = {
    "identified": Text("约第一次见面", "Arrange a first meeting"),
    "contacted": Text("见得更勤，弄清他的顾虑", "Meet more often and find out what worries this person"),
    "engaged": Text("请他亲口表态或落到书面", "Ask for a statement in person or in writing"),
    "supportive": Text("请他引荐或替我们说话", "Ask for an introduction or a word on our behalf"),
}
NO_LONGER = Text("已不在岗", "No longer in post")
MISSING: Mapping[RoleState, Text] = {
    RoleState.MISSING: Text("还没有找到担任此角色的人", "Nobody is known in this role"),
    RoleState.IDENTIFIED: Text("知道是谁，还没有接触", "Known, but not met"),
    RoleState.CONTACTED: Text("接触或支持还不够", "Not enough contact or backing yet"),
    RoleState.ENGAGED: Text("缺少本人表态或书面证据", "No statement or proof of support yet"),
    RoleState.SUPPORTIVE: Text("", ""),
}
COACH_NOT_HUNGRY = Text("教练未确认希望我们成功", "Not confirmed that the coach wants our success")
COACH_NOT_SENIOR = Text("教练不是经理以上", "The coach is neither director nor manager")
FIRST = ("contacts", "trust", "deal")
# All tables, though some say nothing of people: the functions that are given the same tables share one judgement.
PEOPLE_FIRST = (*FIRST, *(table for table in ALL_TABLES if table not in FIRST))
AGAINST = Text("▼ 反对", "▼ against us")
NOT_MET = Text("○ 没见过", "○ never met")
NOT_KNOWN = Text("○ 态度未知", "○ attitude unknown")
CLAIMED = Text("○ 我方推测支持，本人未表态", "○ support claimed, not stated")
NEUTRAL = Text("○ 中立", "○ neutral")
HOLDS = Text("✓ 支持，有依据", "✓ supports, with evidence")
SIGN_OF: Mapping[Term, str] = {
    Influence.HIGH: "▲", Influence.MEDIUM: "■", Influence.LOW: "▼",
    Support.STRONG_SUPPORT: "++", Support.SUPPORT: "+", Support.NEUTRAL: "0", Support.OPPOSE: "−", Support.STRONG_OPPOSE: "−−",
}  # fmt: skip
EMPTY, GONE, STALE, UNKNOWN = "□", "✗", "~", "?"  # the signs that remarks and judgements begin with
NO_HOLDER = Text("□ 空位：还没有人担任", "□ empty seat: nobody holds this role")
NO_CONTACT = Text("□ 空位：不在“关键人”表里", "□ empty seat: not on the People sheet")
VACANT = Text("（{role}）", "({role})")
NEW = Text("★ 新任", "★ new in post")
IN_A_LOOP = Text("▲ 汇报关系成环", "▲ reports in a circle")
STALE_IN: Mapping[str, Text] = {
    "RF306": Text("~ 久未联系", "~ gone quiet"),
    "RF309": Text("~ 态度待核实", "~ recheck support"),
}
NOT_KNOWN_YET = Text("? 未知", "? unknown")
MAP_WIDTH = 42
"""Width of the tree in Latin letters; lines that are longer would break, and the tree with them."""
MOST_CODES = 4
EMPTY_SEAT = Text("□ {role} 空缺", "□ {role} empty")
NO_LEVEL = Text("层级未知", "Level unknown")
NOBODY = Text("无人对应或级别未知", "Nobody, or level unknown")


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
        for role in roles(call.judgement).values()
    ]


def _flags_by_contact(judgement: Judgement) -> dict[str, list[Flag]]:
    """Open flags of each person, heaviest first."""
    found: dict[str, list[Flag]] = {}
    for flag in judgement.open_flags:
        found.setdefault(key(flag.subject), []).append(flag)
    return found


def next_step(contact: Contact, flags: Sequence[Flag], call: Call) -> str:
    """What to do about a person next, in the manner that suits the person's style (004)."""
    lang = call.lang
    if flags:
        return flags[0].remedy(lang)
    return in_manner(manner_of(contact), STEP[level_of_engagement(contact)].to(lang), lang)


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
        mine = flags.get(key(contact.name), [])
        if not is_active(contact):
            codes = sorted({flag.code for flag in mine})
            rows[place] = ["", "", " ".join(codes), NO_LONGER.to(call.lang)]
            continue
        trust = trust_of(judgement, contact).score
        codes = list(dict.fromkeys(flag.code for flag in mine))
        rows[place] = [
            engagement(contact, judgement.settings), "" if trust is None else trust, " ".join(codes),
            next_step(contact, mine, call),
        ]  # fmt: skip
    return rows


def letters(held: Iterable[BuyingRole]) -> str:
    """Buying roles by their letters, in the order of CUTE."""
    return "".join(role.value[0].upper() for role in sorted(held, key=lambda role: role.place))


def _placed(contact: Contact, judgement: Judgement) -> str:
    mark = STALE if is_stale(contact, judgement) else ""
    return f"{mark}{contact.name} {letters(contact.buying_roles)}".rstrip()


def power_map(call: Call) -> Rows:
    """3 rows (influence high, medium, low or blank): the influence, then who stands where from against to for; unknown.

    One name a line, with its role letters, a stale one marked; the seats that nobody holds stand where nothing is known.
    """
    judgement = call.judgement
    empty = [EMPTY_SEAT.say(call.lang, {"role": letters([role])}) for role in _vacant(judgement)]
    cells: dict[tuple[Influence, Support | None], list[str]] = {(Influence.LOW, None): empty}
    for contact in judgement.active:
        where = contact.influence or Influence.LOW, contact.support
        cells.setdefault(where, []).append(_placed(contact, judgement))
    columns: list[Support | None] = [*reversed(Support), None]
    return [
        [influence.label.to(call.lang), *("\n".join(cells.get((influence, support), [])) for support in columns)]
        for influence in Influence
    ]


def link(contact: Contact) -> Text:
    """How one link of the chain holds; the first that fits."""
    if contact.support is not None and contact.support.score < 0:
        return AGAINST
    if never_met(contact):
        return NOT_MET
    if contact.support is None:
        return NOT_KNOWN
    if contact.support.score == 0:
        return NEUTRAL
    return HOLDS if contact.evidence_grade in BACKED else CLAIMED


def decision_chain(call: Call) -> Rows:
    """One row an active contact with a place in the decision: place, name, roles, engagement 0.25 … 1, how it holds."""
    judgement, lang = call.judgement, call.lang
    placed = [(contact.decision_order, contact) for contact in judgement.active if contact.decision_order is not None]
    rows: list[list[Scalar]] = []
    for order, contact in sorted(placed, key=lambda pair: pair[0]):
        held = spoken(sorted(contact.buying_roles, key=lambda role: role.place), lang)
        reached = engagement(contact, judgement.settings)
        rows.append([float(order), contact.name or "", held, reached, link(contact).to(lang)])
    return rows


def contact_matrix(call: Call) -> Rows:
    """6 rows (the customer's levels, and unknown): the level, then who is met by which level of ours, and by nobody."""
    cells: dict[tuple[OrgLevel | None, OrgLevel | None], list[str]] = {}
    for contact in call.judgement.active:
        ours = contact.counterpart_level if contact.counterpart else None
        cells.setdefault((contact.level, ours), []).append(contact.name or "")
    comma = COMMA.to(call.lang)
    levels: list[OrgLevel | None] = [*OrgLevel, None]
    return [
        [
            (level.label if level else NO_LEVEL).to(call.lang),
            *(comma.join(cells.get((level, ours), [])) for ours in levels),
        ]
        for level in levels
    ]


def org_map(call: Call) -> Rows:
    """A row a seat: its place in the tree (name and title on two lines), what to watch, and what is known of the person.

    That is: roles, influence, support, evidence, engagement 0.25 … 1, trust 0 … 100, days since contact, open flags,
    our counterpart, whose word counts.
    """
    judgement = call.judgement
    drawn = seats(judgement.contacts, _vacant(judgement))
    flags = _flags_by_contact(judgement)
    stale: dict[str, list[str]] = {}
    for flag in judgement.flags:
        if flag.code in STALE_IN:
            stale.setdefault(key(flag.subject), []).append(STALE_IN[flag.code].to(call.lang))
    rows: list[list[Scalar]] = []
    for seat, (first, second) in zip(drawn, branches(drawn), strict=True):
        about = key(seat.role.value if seat.role else seat.name)
        codes = _codes(flags.get(about, []))
        if seat.contact is not None:
            remarks = SEMICOLON.to(call.lang).join([*_remarks(seat, call), *stale.get(about, [])])
            rows.append([_in_the_tree(seat, first, second, call), remarks, *_judged(seat.contact, codes, call)])
        else:
            empty, letter = (NO_HOLDER, letters([seat.role])) if seat.role else (NO_CONTACT, "")
            rows.append(
                [_in_the_tree(seat, first, second, call), empty.to(call.lang), letter, *[""] * 6, codes, "", ""]
            )
    return rows


def _vacant(judgement: Judgement) -> Iterator[BuyingRole]:
    """The roles that nobody holds."""
    return (role for role, found in roles(judgement).items() if found.state is RoleState.MISSING)


def _in_the_tree(seat: Seat, first: str, second: str, call: Call) -> str:
    """The name, and below it the title or else the department; an empty seat of a role bears the role's."""
    name = VACANT.say(call.lang, {"role": seat.role}) if seat.role else seat.name
    post = (seat.contact and (seat.contact.title or seat.contact.department)) or ""
    lines = (branch + clipped(words, MAP_WIDTH - 2 * len(branch)) for branch, words in ((first, name), (second, post)))
    return "\n".join(line.rstrip() for line in lines).rstrip()


def _remarks(seat: Seat, call: Call) -> Iterator[str]:
    """What is the matter with a person, each with its sign."""
    contact = seat.contact
    assert contact is not None
    if contact.post_status is not None and not is_active(contact):
        yield f"{GONE} {contact.post_status.label.to(call.lang)}"
    if seat.closes_loop:
        yield IN_A_LOOP.to(call.lang)
    if contact.post_status is PostStatus.NEW_IN_POST:
        yield NEW.to(call.lang)
    if is_active(contact) and never_met(contact):
        yield NOT_MET.to(call.lang)


def _judged(contact: Contact, codes: str, call: Call) -> list[Scalar]:
    """What is known of a person, from the roles on; of somebody who left neither engagement nor trust."""
    judgement, lang = call.judgement, call.lang
    trust = trust_of(judgement, contact).score
    here = is_active(contact)
    evidence = contact.evidence_grade or EvidenceGrade.NONE
    return [
        letters(contact.buying_roles),
        signed(contact.influence, lang),
        signed(contact.support, lang),
        evidence.label.to(lang) if contact.support else "",
        engagement(contact, judgement.settings) if here else "",
        cell(trust if here else None),
        cell(judgement.age(contact.last_contact)),
        codes,
        contact.counterpart or "",
        COMMA.to(lang).join(contact.influenced_by),
    ]


def signed(term: Influence | Support | None, lang: Lang) -> str:
    """An influence or support with its sign; of one not known it says so."""
    return NOT_KNOWN_YET.to(lang) if term is None else f"{SIGN_OF[term]} {term.label.to(lang)}"


def _codes(flags: Sequence[Flag]) -> str:
    """The codes of flags with the sign of the heaviest; of many the first."""
    codes = list(dict.fromkeys(flag.code for flag in flags))
    more = [f"+{len(codes) - MOST_CODES}"] if len(codes) > MOST_CODES else []
    return " ".join([SIGN[flags[0].severity], *codes[:MOST_CODES], *more]) if flags else ""


ROLE_STATUS = Function(
    "ROLE_STATUS",
    Text("每个购买角色：谁、几分、什么状态、还缺什么", "Each buying role: who, what score, what state, what is missing"),
    arguments("contacts"),
    Text("4 行", "4 rows"),
    role_status,
    (
        Text("角色", "Role"), Text("人", "People"), Text("得分", "Score"), Text("状态", "State"),
        Text("最佳人选", "Best contact"), Text("还缺什么", "What is missing"),
    ),
)  # fmt: skip
CONTACT_STATUS = Function(
    "CONTACT_STATUS",
    Text("每位联系人：接触程度、信任、未应对的红旗、下一步", "Each contact: engagement, trust, open flags, next step"),
    arguments(*PEOPLE_FIRST),
    Text("每位联系人一行，与原表对齐", "One row a contact, beside its row in the range"),
    contact_status,
    (Text("接触程度", "Engagement"), Text("信任分", "Trust score"), Text("未应对红旗", "Open flags"), Text("下一步建议", "Suggested step")),
    shown_with="wm_contacts,wm_trust,wm_deal",
    earlier=arguments(*FIRST, *(table for table in FLAG_TABLES if table not in FIRST)),
)  # fmt: skip
ORG_MAP = Function(
    "ORG_MAP",
    Text(
        "关系图：谁管谁，每人的角色、态度、信任、多久没联系；空着的位置也在图上",
        "The relationship map: who reports to whom, each with roles, attitude, trust, freshness; empty seats stand in it",
    ),
    arguments(*PEOPLE_FIRST),
    Text("每个位置一行，上级在前；第一列是树，两行字：姓名、职务", "One row a seat, superiors first; the first column is the tree: name, and below it the title"),
    org_map,
    (
        Text("谁管谁", "Who reports to whom"), Text("要留意", "Watch"), Text("角色", "Roles"), Text("影响力", "Influence"),
        Text("支持度", "Support"), Text("依据", "Evidence"), Text("接触程度", "Engagement"), Text("信任分", "Trust score"),
        Text("几天没联系", "Days since contact"), Text("未应对红旗", "Open flags"), Text("我方对应人", "Our counterpart"),
        Text("听谁的", "Influenced by"),
    ),
    shown_with="wm_contacts,wm_trust,wm_deal",
)  # fmt: skip
POWER_MAP = Function(
    "POWER_MAP",
    Text("影响力 × 支持度：谁在哪一格", "Influence × support: who stands where"),
    arguments("contacts", "deal"),
    Text(
        "3 行（影响力高、中、低）：影响力，再从强烈反对到强烈支持、未知",
        "3 rows (influence high, medium, low): the influence, then strong opposition to strong support, unknown",
    ),
    power_map,
    (
        Text("影响力＼支持度", "Influence \\ support"),
        *(support.label for support in reversed(Support)),
        Text("未知", "Unknown"),
    ),
    earlier=arguments("contacts"),
)
DECISION_CHAIN = Function(
    "DECISION_CHAIN",
    Text("决策链：谁在谁之后拍板，哪一环还不牢", "The decision chain: who decides after whom, and which link does not hold"),
    arguments("contacts"),
    Text("每个有决策顺序的人一行，按顺序", "One row per person with a place in the decision, in order"),
    decision_chain,
    (
        Text("顺序", "Order"), Text("姓名", "Name"), Text("角色", "Roles"), Text("接触程度", "Engagement"),
        Text("这一环牢不牢", "Does the link hold"),
    ),
)  # fmt: skip
CONTACT_MATRIX = Function(
    "CONTACT_MATRIX",
    Text("客户接触矩阵：客户哪一级由我方哪一级对应", "Contact matrix: which level of the customer is met by which of ours"),
    arguments("contacts"),
    Text("6 行：客户层级，再从我方高层到职员、无人对应", "6 rows: the customer's level, then our levels from the top down, and nobody"),
    contact_matrix,
    (Text("客户＼我方", "Theirs \\ ours"), *(level.label for level in OrgLevel), NOBODY),
)  # fmt: skip
