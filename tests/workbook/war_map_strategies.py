"""Generated war maps, as JSON has them: realistic rows for every table, and text that other programs stumble over."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from warmap.model import TABLE, Kind
from warmap.terms import STAGE_CRITERIA, WIN_CRITERIA, BuyingRole, TrustPillar, WinStatus, key

AWKWARD = (
    "=1+1", "=SUM(A1:A3)", "{=A1}", "+86 10 6666", "-3", "@import", "'quoted", '"double"', "a\"b'c", "line one\nline two", "\ttab",
    "_x000D_", "_x005F_", "_xZZZZ_", "a_x0041_b", "😀 👩‍👩‍👧 🇨🇳", "𠮷野家", "Ünïcödé", "مرحبا", "<b>&amp;</b>", "]]>", "%s {0} {name}",
    "TRUE", "否", "1,200", "2026-06-30", "#N/A", "#REF!", "NULL", "http://example.com/a b", "C:\\x", "  spaced  out  ", "x" * 2000, "很" * 700,
    "0", "1e5", "00123", "ｆｕｌｌ", "\u00a0nbsp\u00a0", "zero\u200bwidth", "；、，", "\u2028",
)  # fmt: skip
NAMES = (
    "王芳",
    "李强",
    "Ann Lee",
    "O'Neil, J.",
    "=王",
    "张 三（副总）",
    "-",
    "欧阳娜娜",
    "x_x000D_y",
    "50%",
    "Ｗｉｄｅ",
    "@li",
    "陈、丽",
    "2026",
)
RIVALS = ("维持现状", "Do nothing", "对手甲", "Rival, Inc.", "=B", "360", "@x", "第二供应商")

plain = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=20)
words = st.one_of(st.sampled_from(AWKWARD), plain).filter(lambda text: bool(text.strip()))
line = st.one_of(
    st.sampled_from(["RF205", "rf102", "王芳", "economic", "整个商机", "O'Neil, J.", "a；b", "-", "=x"]),
    plain.map(lambda text: " ".join(text.split())),
).filter(lambda text: bool(text.strip()) and "\n" not in text)  # fmt: skip
side = line.filter(lambda text: not any(arrow in text for arrow in ("→", "->", "=>")))
days = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))


def number(field):
    """A number of at most four decimals within the field's bounds."""
    low = field.low if field.low is not None else 0.25
    high = field.high if field.high is not None else 1000
    return st.integers(round(low * 10_000), round(high * 10_000)).map(lambda tenthousandths: tenthousandths / 10_000)


BY_KIND = {
    Kind.NUMBER: number,
    Kind.PICK: lambda field: st.sampled_from([term.value for term in field.enum]),
    Kind.WHOLE: lambda _: st.integers(1, 99),
    Kind.MONEY: lambda _: st.integers(1, 10**13).map(lambda cents: cents / 100),
    Kind.DATE: lambda _: days,
    Kind.YES_NO: lambda _: st.booleans(),
    Kind.NAMES: lambda _: st.lists(st.one_of(line, st.sampled_from(NAMES)), max_size=3),
    Kind.GIVE_GET: lambda _: st.lists(st.fixed_dictionaries({"give": side}, optional={"get": side}), max_size=3),
    Kind.NAME: lambda _: st.sampled_from(NAMES),
    Kind.TEXT: lambda field: st.sampled_from(["CNY", "USD", "人民币"]) if field.code == "currency" else words,
}


def value(field):
    """A good value of a field, as JSON has it."""
    return BY_KIND[field.kind](field)


def row(code, always=(), **given):
    """A row of a table: `always` filled, the rest as it comes."""
    fields = {field.code: value(field) for field in TABLE[code].fields if len(field.path) == 1}
    fields.update(given)
    sure = {name: fields.pop(name) for name in always}
    optional = {
        name: st.one_of(*(st.just(None) if empty else strategy for empty in (True, False)))
        for name, strategy in fields.items()
    }
    return st.fixed_dictionaries(sure, optional=optional)


judged = st.fixed_dictionaries(
    {},
    optional={
        "rating": st.sampled_from([0, 1, 2.5, 3, 5]),
        "evidence_grade": st.sampled_from(["none", "guess", "stated", "proven"]),
    },
)
ratings = st.dictionaries(st.sampled_from([pillar.value for pillar in TrustPillar]), judged, max_size=4)


@st.composite
def wins(draw):
    """A wins row with statuses of its own role."""
    one = draw(row("wins", ["contact"]))
    if one.get("role"):
        criteria = [criterion.value for criterion in WIN_CRITERIA[BuyingRole(one["role"])]]
        one["statuses"] = draw(
            st.dictionaries(st.sampled_from(criteria), st.sampled_from([s.value for s in WinStatus]), max_size=6)
        )
    return one


@st.composite
def stage_lines(draw):
    """Answered exit criteria, each at most once."""
    pairs = [(stage.value, criterion.value) for stage, criteria in STAGE_CRITERIA.items() for criterion in criteria]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=16))
    return [
        {**draw(row("stage_evidence", ["done"])), "stage": stage, "criterion": criterion} for stage, criterion in chosen
    ]


@st.composite
def people(draw):
    """Up to sixty contacts, few of them most of the time."""
    few = st.lists(st.one_of(st.sampled_from(NAMES), words), max_size=5)
    many = st.integers(40, 60).map(lambda count: [f"联系人 {number}" for number in range(count)])
    names = draw(st.one_of(few, few, few, few, many))
    unique = list({key(name): name for name in names}.values())
    rows = []
    for position, name in enumerate(unique):
        roles = st.lists(st.sampled_from([role.value for role in BuyingRole]), unique=True)
        one = draw(row("contacts", buying_roles=roles)) if position < 5 else {"department": draw(words)}
        rows.append({**one, "name": name})
    return rows


@st.composite
def rivals(draw):
    """Criteria with at most four competitors over all rows."""
    names = draw(st.lists(st.sampled_from(RIVALS), unique=True, max_size=4))
    scores = (
        st.dictionaries(st.sampled_from(names), st.sampled_from([0, 1, 2.5, 5]), max_size=4) if names else st.just({})
    )
    return draw(st.lists(row("competition", ["criterion"], scores=scores), max_size=3))


def some(strategy):
    return st.lists(strategy, max_size=3)


def group(code, name):
    """The members of one keyed group of a record."""
    members = {}
    for field in TABLE[code].fields:
        if field.path[0] == name:
            members.setdefault(field.path[1], []).append(field)
    one = {
        member: value(fields[0])
        if len(fields[0].path) == 2
        else st.fixed_dictionaries({}, optional={f.path[2]: value(f) for f in fields})
        for member, fields in members.items()
    }
    return st.fixed_dictionaries({}, optional=one)


def documents():
    """A whole map as JSON has it."""
    return st.fixed_dictionaries(
        {"deal": row("deal")},
        optional={
            "profile": row(
                "profile", **{name: group("profile", name) for name in ("key_account", "pest", "five_forces")}
            ),
            "org_units": some(row("org_units", ["name"])),
            "contacts": people(),
            "trust": some(row("trust", ["contact"], ratings=ratings)),
            "wins": some(wins()),
            "stage_evidence": stage_lines(),
            "needs": some(row("needs", ["spin_type"])),
            "competition": rivals(),
            "swot": some(row("swot", ["text"])),
            "strengths": some(row("strengths", ["text"])),
            "negotiation": row("negotiation"),
            "objections": some(row("objections", ["objection"])),
            "visits": some(row("visits", ["date"])),
            "actions": some(row("actions", ["what"])),
            "ideal_customer": some(row("ideal_customer", ["attribute"])),
            "resources": some(row("resources", ["resource"])),
            "reviews": some(row("reviews", ["reviewer"])),
        },
    )
