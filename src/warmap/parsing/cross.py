"""Checks between cells: names that nobody bears, people written twice, loops, late dates, and what is implausible."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

from warmap.findings import Finding
from warmap.hierarchy import loops
from warmap.layout import Placement, placements, tab_name
from warmap.model import TABLE, TABLES, Kind, WarMap
from warmap.parsing.between_days import impossible_days
from warmap.parsing.between_prices import sizes_in_doubt
from warmap.parsing.headers import Place, TablePlace, at
from warmap.parsing.problems import nearest
from warmap.subjects import names_nothing, rule_codes, unknown_codes
from warmap.terms import FiveForce, TrustPillar, key
from warmap.text import Lang, Text

MOST_SHOWN = 200


def guarded(name: str, check: Callable[[], Iterable[Finding]], sheet: str = "") -> list[Finding]:
    """The findings of one check; where it raises, those it made before, and DV901 that names it and the last cell."""
    found: list[Finding] = []
    try:
        found.extend(check())
    except MemoryError:
        raise  # no mistake of ours: the file needs more than it may
    except Exception as error:  # noqa: BLE001  whatever it is, the rest of the file is still checked
        what = " ".join(f"{name}: {type(error).__name__}: {error}".split())[:MOST_SHOWN]
        last = found[-1] if found else Finding("DV901", sheet)
        found.append(Finding("DV901", last.sheet, last.cell, facts={"what": what}))
    return found


# -- between rows ---------------------------------------------------------------------------------------------------


def _unknown_names(war_map: WarMap, places: Mapping[str, Place]) -> Iterator[Finding]:
    """DV206: a name that no contact bears; under About and Answers also what names nothing, and a code that no rule has."""
    names = {key(contact.name): contact.name for contact in war_map.contacts if contact.name}
    advice = _advice_on(names)
    for table in TABLES:
        fields = [field for field in table.fields if field.ref == "contacts" and field.kind in (Kind.NAME, Kind.NAMES)]
        content = getattr(war_map, table.code)
        named = ABOUT.get(table.code)
        for index, row in enumerate([content] if table.is_record else content) if fields or named else ():
            for field in fields:
                for name in _listed(getattr(row, field.code)):
                    if key(name) not in names:
                        facts = {"field": field.label, "value": name, "what": NOBODY, "advice": advice(name)}
                        yield Finding("DV206", *at(places, table.code, index, field.code), field.code, facts)
            if named is not None:
                field = table.by_code[named]
                for unknown in _unknown_subjects(_listed(getattr(row, named)), names, advice):
                    where = at(places, table.code, index, named)
                    yield Finding("DV206", *where, named, {"field": field.label, **unknown})


ABOUT = {"actions": "about", "strengths": "answers"}
NOBODY = Text("不在关键人表中", "is nobody on the People sheet")
NO_RULE = Text("不是现有的红旗代码", "is not the code of any flag")
NOTHING = Text(
    "不是红旗代码、关键人、角色或阶段，也不是“商机”",
    "names nothing on the map: no flag's code, nobody on the People sheet, no role, no stage, not the deal",
)
ADD_OR_CHANGE = Text(
    "先在关键人表写上此人，或改成：{nearest}。", "Add this person on the People sheet, or change to: {nearest}."
)
ADD_OR_CORRECT = Text(
    "先在关键人表写上此人；写错了就改正名字。", "Add this person on the People sheet, or correct the name."
)
CHANGE = Text("改成：{nearest}。", "Change to: {nearest}.")


def _listed(value: str | list[str] | None) -> Sequence[str]:
    return value if isinstance(value, list) else [value] if value else []


MOST_COMPARED = 20_000  # pairs of names, which take about a second


def _advice_on(names: Mapping[str, str]) -> Callable[[str], Text]:
    """What to do about an unknown name, with those nearest to it as long as few people or few unknown names are there."""
    asked: dict[str, Text] = {}

    def advice(name: str) -> Text:
        if name not in asked and names and (len(asked) + 1) * len(names) <= MOST_COMPARED:
            asked[name] = ADD_OR_CHANGE.filled(nearest=nearest(name, names.values()))
        return asked.get(name, ADD_OR_CORRECT)

    return advice


def _unknown_subjects(
    texts: Sequence[str], names: Mapping[str, str], advice: Callable[[str], Text]
) -> Iterator[dict[str, object]]:
    """Facts of what an About or Answers names and the map does not have. Beside what it does have, words are a remark."""
    for text in texts:
        for code in unknown_codes(text):
            yield {"value": code, "what": NO_RULE, "advice": _change_code(code)}
        if names and names_nothing(text, names):
            yield {"value": text, "what": NOTHING, "advice": advice(text)}


@lru_cache(maxsize=1000)  # as many codes as there can be
def _change_code(code: str) -> Text:
    return CHANGE.filled(nearest=nearest(code, (known.upper() for known in sorted(rule_codes()))))


def _duplicates(war_map: WarMap, places: Mapping[str, Place]) -> Iterator[Finding]:
    people: dict[str, int] = {}
    for index, contact in enumerate(war_map.contacts):
        if contact.name and people.setdefault(key(contact.name), index) != index:
            first = at(places, "contacts", people[key(contact.name)], "name")[1]
            facts = {"value": contact.name, "first": first}
            yield Finding("DV207", *at(places, "contacts", index, "name"), "name", facts)
    wins: dict[tuple[str, str], int] = {}
    for index, win in enumerate(war_map.wins):
        if win.contact and win.role:
            pair = (key(win.contact), win.role.value)
            if wins.setdefault(pair, index) != index:
                first = at(places, "wins", wins[pair], "contact")[1]
                facts = {"value": win.contact, "role": win.role, "first": first}
                yield Finding("DV208", *at(places, "wins", index, "contact"), "contact", facts)


def _loops(war_map: WarMap, places: Mapping[str, Place]) -> Iterator[Finding]:
    """One finding for each loop, at its first person in the order of the sheet."""
    above: dict[str, str] = {}
    first: dict[str, int] = {}
    for index, contact in enumerate(war_map.contacts):
        if contact.name and contact.reports_to:
            name = key(contact.name)
            above.setdefault(name, key(contact.reports_to))
            first.setdefault(name, index)
    for loop in loops(above):
        names = [war_map.contacts[first[member]].name or "" for member in (*loop, loop[0])]
        yield Finding(
            "DV209", *at(places, "contacts", first[loop[0]], "reports_to"), "reports_to", {"chain": " → ".join(names)}
        )


# -- plausibility ---------------------------------------------------------------------------------------------------

FEWEST_RATINGS = 5
RATING = Text("评分", "rating")
SOMEBODY = Text("某人", "somebody")

# Every word of a money gift, but not where it is business talk: cash flow, commissioning a plant, promotion to a post.
IMPROPER = re.compile(
    r"回扣|红包|佣金|好处费|辛苦费|茶水费|返点|返现|贿赂|行贿|受贿|礼金|礼品|礼物|礼券|礼卡|送礼|收礼|购物[卡券]|加油卡|消费卡|储值卡|代金券|干股"
    r"|现金(?![流牌]|周转|管理|状况|余额|储备|头寸|支出|成本|收入|预算)"
    r"|提成(?![功为本副总]|经理|主任|处长|科长|部长|主管|骨干)"
    r"|\b(?:kick-?backs?|brib(?:e|es|ery)|backhanders?|pay-?ola|(?:red|brown)\s+envelopes?|hong\s?bao|vouchers?)\b"
    r"|\bunder[\s-]the[\s-]table\b"
    r"|\bgift(?:s|\s?cards?)?\b(?!\s+(?:of\s+the\s+gab|for\s+\w+ing\b))"
    r"|(?<!petty )\bcash\b(?![\s-]*(?:flow|conversion|cycle|position|management|reserve|saving|budget|target|collection|cost|cow"
    r"|discipline|forecast|burn|in\s+on|neutral|positive|generat))"
    r"|(?<!european )(?<!eu )(?<!securities )(?<!regulatory )(?<!planning )(?<!trade )(?<!energy )(?<!safety )(?<!national )"
    r"\bcommissions?\b(?!\s+(?:the|a|an|new|our|its|it|this|that|them|of\s+inquiry|on\s+time|and\s+(?:start|test))\b)",
    re.IGNORECASE,
)
REFUSED = re.compile(
    r"(?:不(?:收|拿|要|接受|谈|涉及|搞|吃)|拒(?:绝|收)|杜绝|禁止|反对|防止|避免|远离|打击|查处|整治|"
    r"\b(?:no|not|never|without|against|refus\w+|reject\w+|avoid\w*|prevent\w*|stop\w*|fight\w*|anti)\b)[^，。；,.;!！?？\n]{0,12}$",
    re.IGNORECASE,
)


def _ratings(war_map: WarMap) -> Iterator[tuple[str, Text, list[tuple[int, str, float]]]]:
    """The ratings of each table that has such: (row, field, rating) in the order of the sheet."""
    trust = [
        (index, f"ratings.{pillar.value}.rating", judged.rating)
        for index, row in enumerate(war_map.trust)
        for pillar in TrustPillar
        if (judged := row.ratings.get(pillar)) is not None and judged.rating is not None
    ]
    yield "trust", RATING, trust
    for code, name in (("competition", "our_score"), ("ideal_customer", "score")):
        rows = enumerate(getattr(war_map, code))
        label = TABLE[code].by_code[name].label
        yield code, label, [(index, name, value) for index, row in rows if (value := getattr(row, name)) is not None]
    needs = [
        (index, name, value)
        for index, row in enumerate(war_map.needs)
        for name in ("impact", "confidence", "ease")
        if (value := getattr(row, name)) is not None
    ]
    yield "needs", RATING, needs
    forces = war_map.profile.five_forces
    given = [
        (0, f"five_forces.{force.value}", rating) for force in FiveForce if (rating := forces.get(force)) is not None
    ]
    yield "profile", RATING, given


def straight_lines(war_map: WarMap, places: Mapping[str, Place]) -> Iterator[Finding]:
    """DV402: a table with five or more ratings that are all equal, at the first of them."""
    for code, label, ratings in _ratings(war_map):
        if len(ratings) >= FEWEST_RATINGS and len({rating for _, _, rating in ratings}) == 1:
            index, name, rating = ratings[0]
            facts = {"table": TABLE[code].label, "field": label, "count": len(ratings), "value": rating}
            yield Finding("DV402", *at(places, code, index, name), name, facts)


FARTHEST_REFUSAL = (
    40  # characters; looked for from the beginning each time it would take the square of the text's length
)


def improper_word(words: str) -> str | None:
    """The first word that names a gift, cash, a kickback or a commission, unless it is said to be refused."""
    plain = unicodedata.normalize("NFKC", words)
    for match in IMPROPER.finditer(plain):
        if not REFUSED.search(plain, max(0, match.start() - FARTHEST_REFUSAL), match.start()):
            return match.group()
    return None


def improper_wins(war_map: WarMap, places: Mapping[str, Place]) -> Iterator[Finding]:
    """CP001: each personal win that a person should look at."""
    for index, win in enumerate(war_map.wins):
        word = improper_word(win.personal_win) if win.personal_win else None
        if word is not None:
            facts = {"contact": win.contact or SOMEBODY, "word": word}
            yield Finding("CP001", *at(places, "wins", index, "personal_win"), "personal_win", facts)


# -- all of them ----------------------------------------------------------------------------------------------------

_CHECKS: Mapping[str, Callable[[WarMap, Mapping[str, Place]], Iterator[Finding]]] = {
    "DV206": _unknown_names,
    "DV207, DV208": _duplicates,
    "DV209": _loops,
    "DV205": impossible_days,
    "DV210": sizes_in_doubt,
    "DV402": straight_lines,
    "CP001": improper_wins,
}


def cross_findings(war_map: WarMap, places: Mapping[str, Place]) -> list[Finding]:
    """All findings that need more than one cell to be seen, or its meaning; a check that fails is a finding too."""
    found: list[Finding] = []
    for name, check in _CHECKS.items():
        found += guarded(name, partial(check, war_map, places))
    return found


def places_of(war_map: WarMap, lang: Lang) -> dict[str, Place]:
    """Where the fields of every table stand in a workbook built from this map."""
    return {code: _place(place, war_map, lang) for code, place in placements().items()}


def _place(place: Placement, war_map: WarMap, lang: Lang) -> TablePlace:
    table, sheet, first = place.table, tab_name(place.tab.code, lang), place.header_row + 1
    if table.is_record:
        rows = {field.code: row for row, field in enumerate(table.fields, first)}
        return TablePlace(sheet, dict.fromkeys(rows, place.left + 1), (), rows)
    columns = {field.code: column for column, field in enumerate(table.fields, place.left)}
    if table.open_field:
        names = dict.fromkeys(name for row in getattr(war_map, table.code) for name in row.scores)
        columns |= {f"scores.{name}": column for column, name in enumerate(names, place.left + len(table.fields))}
    return TablePlace(sheet, columns, range(first, first + len(getattr(war_map, table.code))))


def map_findings(war_map: WarMap, places: Mapping[str, Place]) -> list[Finding]:
    """What can be found in a map whose values were all taken: required fields empty, and the checks between cells."""
    return [*_required(war_map, places), *cross_findings(war_map, places)]


def _required(war_map: WarMap, places: Mapping[str, Place]) -> Iterator[Finding]:
    for table in TABLES:
        content, place = getattr(war_map, table.code), places.get(table.code)
        if place is None or not table.required:
            continue
        for index, row in enumerate([content] if table.is_record else content):
            if table.is_record or row != type(row)():
                for field in table.required:
                    value = getattr(row, field.code)
                    if value is None or (isinstance(value, str) and not value.strip()):
                        facts = {"field": field.label, "help": field.help}
                        yield Finding("DV201", place.sheet, place.cell(index, field.code), field.code, facts)
