"""Maps as hypothesis makes them up: every table that a score or a rule looks at, filled, half filled or empty."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from warmap.terms import (
    STAGE_CRITERIA,
    WIN_CRITERIA,
    ActionStatus,
    BuyingRole,
    ContactFrequency,
    EvidenceGrade,
    FiveWTwoH,
    Influence,
    NeedState,
    OrgLevel,
    Outcome,
    PostStatus,
    ProcurementStage,
    ResponseMode,
    SocialStyle,
    SpinType,
    Support,
    TrustPillar,
    WinStatus,
)

TODAY = date(2026, 6, 30)
NAMES = ["陈丽", "孙立", "王卫东", "赵敏", "周伟"]


def code(enum):
    return st.sampled_from([term.value for term in enum])


def maybe(strategy):
    return st.none() | strategy


words = maybe(st.sampled_from(["", " ", "有", "上线太慢"]))
evidence = maybe(st.sampled_from(["会议纪要 3 月 5 日", "Her e-mail of 5 March", "TBD", "待定", ""]))
days = maybe(st.integers(-60, 400).map(lambda back: TODAY - timedelta(days=back)))
name = st.sampled_from(NAMES)
names = st.lists(name, max_size=2)
about = st.lists(
    st.sampled_from(["RF101", "RF203", "RF302", "RF507", "deal", "教练", "coach", "随便", *NAMES]), max_size=4
)
rating = maybe(st.integers(0, 10).map(lambda half: half / 2))
grade = maybe(code(EvidenceGrade))
ten = maybe(st.integers(1, 10))
yes_no = maybe(st.booleans())


def rows(most=4, **fields):
    return st.lists(st.fixed_dictionaries(fields), max_size=most)


@st.composite
def contacts(draw):
    table = draw(
        rows(
            len(NAMES),
            buying_roles=st.lists(code(BuyingRole), unique=True),
            level=maybe(code(OrgLevel)),
            influence=maybe(code(Influence)),
            support=maybe(code(Support)),
            evidence_grade=grade,
            assessed_on=days,
            contact_frequency=maybe(code(ContactFrequency)),
            last_contact=days,
            post_status=maybe(code(PostStatus)),
            response_mode=maybe(code(ResponseMode)),
            wants_our_success=yes_no,
            reports_to=maybe(name),
            influenced_by=names,
            counterpart=maybe(st.sampled_from(["林涛", "何青"])),
            style=maybe(code(SocialStyle)),
        )
    )
    return [{"name": who, **row} for who, row in zip(NAMES, table, strict=False)]


@st.composite
def wins(draw):
    pairs = draw(st.lists(st.tuples(name, st.sampled_from(list(BuyingRole))), unique=True, max_size=6))
    return [
        {
            "contact": who,
            "role": role.value,
            "statuses": {c.value: draw(code(WinStatus)) for c in WIN_CRITERIA[role]},
            "evidence_grade": draw(grade),
            "evidence": draw(evidence),
            "personal_win": draw(words),
        }
        for who, role in pairs
    ]


judged = st.fixed_dictionaries({"rating": rating, "evidence_grade": grade})
stage_evidence = st.lists(
    st.tuples(
        st.sampled_from([(s.value, c.value) for s, cs in STAGE_CRITERIA.items() for c in cs]),
        st.sampled_from([True, True, True, False, None]),
        evidence,
    ),
    unique_by=lambda pair: pair[0],
)

maps = st.fixed_dictionaries(
    {
        "deal": st.fixed_dictionaries(
            {
                "as_of": st.just(TODAY),
                "account": words,
                "amount": maybe(st.decimals("0.01", "99999999", places=2)),
                "currency": maybe(st.sampled_from(["CNY", "USD", "JPY", "KWD"])),
                "stage": maybe(code(ProcurementStage)),
                "close_date": days,
                "quoted_on": days,
                "owner": maybe(st.sampled_from(["林涛", "陶然"])),
                "our_win": words,
                "outcome": maybe(code(Outcome)),
            }
        ),
        "contacts": contacts(),
        "trust": rows(
            contact=name, rated_on=days, ratings=st.dictionaries(code(TrustPillar), judged, max_size=4), evidence=evidence
        ),
        "wins": wins(),
        "stage_evidence": stage_evidence.map(
            lambda done: [
                {"stage": stage, "criterion": criterion, "done": ticked, "evidence": told}
                for (stage, criterion), ticked, told in done
            ]
        ),
        "needs": rows(
            contact=maybe(name), spin_type=maybe(code(SpinType)), aspect=maybe(code(FiveWTwoH)), answer=words,
            need_state=maybe(code(NeedState)), capability=words, impact=ten, confidence=ten, ease=ten,
        ),
        "competition": rows(
            criterion=words, weight=maybe(st.sampled_from([0.5, 1, 3])), our_score=rating,
            scores=st.dictionaries(st.sampled_from(["维持现状", "凌岳科技"]), rating, max_size=2),
        ),
        "ideal_customer": rows(attribute=words, weight=maybe(st.sampled_from([0.5, 1, 3])), score=rating),
        "objections": rows(contact=name, objection=words, raised_on=days, closed_on=days),
        "visits": rows(date=days, goal=words, contacts=names, actual_result=words),
        "actions": rows(what=words, owner=words, due=days, status=maybe(code(ActionStatus)), about=about),
        "strengths": rows(2, text=words, answers=about),
        "negotiation": st.fixed_dictionaries(
            {"our_alternative": words, "target_price": maybe(st.sampled_from([80, 100])), "walk_away_price": maybe(st.just(90))}
        ),
        "resources": rows(2, resource=words, needed=yes_no, committed=yes_no),
    }
)  # fmt: skip
