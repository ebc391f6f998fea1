"""The sheet for one call: what to know of a person before the meeting, on half a page."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from warmap.judgement import Judgement
from warmap.model import TABLE, Contact
from warmap.names import key
from warmap.questions import what_to_ask
from warmap.remedies import manner_of
from warmap.routes import route
from warmap.rules.rf902_objection_left_open import is_open
from warmap.scores.trust import trust_of
from warmap.terms import WinStatus
from warmap.text import COMMA, SEMICOLON, Lang, Text, is_blank, tenths
from warmap.worksheet.guidance import SIGN, way_said
from warmap.worksheet.relationships import signed
from warmap_app.outputs.html import LANGUAGE_TAG, templates
from warmap_app.report.one_page import HERE, LINE, LONG
from warmap_app.safe_text import one_line

QUESTIONS, FLAGS, WORDS_OF = 4, 3, 2
TITLE = Text("拜访 {name}", "Calling on {name}")
NO_SUCH = Text("地图上没有“{name}”；有：{names}", "there is no “{name}” on the map; it has {names}")
WHO, STANDS, MANNER = Text("什么人", "Who"), Text("立场", "Where this person stands"), Text("怎么谈", "How to talk")
THROUGH, LAST = Text("经过谁", "By way of"), Text("上次", "Last time")
SAID, OBJECTS = Text("说过的话", "What was said"), Text("悬而未决的异议", "Objections still open")
WINS, ASK = Text("个人的赢", "The personal win"), Text("这次要问", "What to ask")
MIND, PLANNED = Text("小心", "Mind"), Text("已约定", "Agreed")
COUNTERPART = Text("我方 {name}", "our counterpart {name}")
LISTENS = Text("听 {names} 的", "listens to {names}")
MET_ON = Text("最近接触 {day}", "last contact {day}")
TRUSTS = Text("信任 {points}", "trust {points}")
UNMET = Text("个人的赢还没有问到", "the personal win has not been asked about yet")
MOST_NAMES = 8


class Part(NamedTuple):
    """A head and the lines below it."""

    head: str
    lines: Sequence[str]


def build_call_sheet(judgement: Judgement, name: str, lang: Lang) -> str:
    """The HTML of one person's sheet, half an A4 page. KeyError where nobody on the map bears the name (`nobody`)."""
    contact = judgement.contacts[key(name)]
    parts = [part for part in _parts(judgement, contact, lang) if part.lines]
    title = TITLE.say(lang, {"name": one_line(contact.name or "", LINE)})
    return (
        templates(HERE)
        .get_template("call.html.j2")
        .render(lang_tag=LANGUAGE_TAG[lang], title=title, deal=one_line(_deal(judgement), LINE), parts=parts)
    )


def nobody(judgement: Judgement, name: str, lang: Lang) -> str:
    """That nobody on the map bears the name, and who is on it; empty where somebody does."""
    if key(name) in judgement.contacts:
        return ""
    names = [one.name or "" for one in judgement.map.contacts][:MOST_NAMES]
    return one_line(NO_SUCH.say(lang, {"name": name, "names": names}), LONG)


def _deal(judgement: Judgement) -> str:
    deal = judgement.map.deal
    return " — ".join(part for part in (deal.account, deal.opportunity) if part)


def _parts(judgement: Judgement, contact: Contact, lang: Lang) -> Iterator[Part]:
    name, war_map = key(contact.name or ""), judgement.map

    def part(head: Text, lines: Iterator[str] | Sequence[str]) -> Part:
        return Part(head.to(lang), [one_line(line, LONG) for line in lines if line])

    yield part(WHO, [SEMICOLON.to(lang).join(_who(contact, lang))])
    yield part(STANDS, [SEMICOLON.to(lang).join(_stands(judgement, contact, lang))])
    manner = manner_of(contact)
    fields = (contact.style, contact.response_mode)
    yield part(MANNER, [*([manner.to(lang)] if manner else []), COMMA.to(lang).join(one.label.to(lang) for one in fields if one)])  # fmt: skip
    way = route(judgement, contact.name or "") or ()
    yield part(THROUGH, [way_said(way)] if len(way) > 1 else [])
    yield part(LAST, _last(judgement, name))
    yield part(SAID, [row.answer or "" for row in war_map.needs if key(row.contact or "") == name][-WORDS_OF:])
    objections = [row for row in war_map.objections if key(row.contact or "") == name and is_open(row, judgement)]
    yield part(OBJECTS, [row.objection or "" for row in objections])
    wins = [row.personal_win or "" for row in war_map.wins if key(row.contact or "") == name]
    yield part(WINS, wins if any(wins) else [UNMET.to(lang)])
    yield part(ASK, _ask(judgement, contact, lang))
    flags = [flag for flag in judgement.open_flags if key(flag.subject) == name][:FLAGS]
    yield part(MIND, [f"{SIGN[flag.severity]} {flag.code} {flag.message(lang)}" for flag in flags])


def _who(contact: Contact, lang: Lang) -> Iterator[str]:
    yield COMMA.to(lang).join(filter(None, (contact.title, contact.department)))
    yield COMMA.to(lang).join(role.label.to(lang) for role in sorted(contact.buying_roles, key=lambda role: role.place))
    if contact.counterpart:
        yield COUNTERPART.say(lang, {"name": contact.counterpart})
    if contact.influenced_by:
        yield LISTENS.say(lang, {"names": contact.influenced_by})


def _stands(judgement: Judgement, contact: Contact, lang: Lang) -> Iterator[str]:
    table = TABLE["contacts"].by_code
    for field, term in (("influence", contact.influence), ("support", contact.support)):
        yield f"{table[field].label.to(lang)} {signed(term, lang)}"
    if contact.support is not None and contact.evidence_grade is not None:
        yield contact.evidence_grade.label.to(lang)
    trust = trust_of(judgement, contact).score
    if trust is not None:
        yield TRUSTS.say(lang, {"points": tenths(trust)})
    if contact.last_contact:
        yield MET_ON.say(lang, {"day": contact.last_contact})


def _last(judgement: Judgement, name: str) -> Iterator[str]:
    """The newest visit at which the person was met, its result and what was agreed."""
    met = [row for row in judgement.map.visits if name in map(key, row.contacts) and row.date and not is_blank(row.actual_result)]  # fmt: skip
    for visit in sorted(met, key=lambda row: str(row.date))[-1:]:
        yield " ".join(filter(None, (visit.date.isoformat() if visit.date else "", visit.actual_result)))
        yield visit.next_step or ""


def _ask(judgement: Judgement, contact: Contact, lang: Lang) -> list[str]:
    """The open questions, first about criteria of which nothing is known."""
    mine = [(line, words) for line, words in what_to_ask(judgement) if line.contact is contact and words is not None]
    mine.sort(key=lambda pair: pair[0].status is not WinStatus.UNKNOWN)
    return [words.to(lang) for _, words in mine[:QUESTIONS]]
