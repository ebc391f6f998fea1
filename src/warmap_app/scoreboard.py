"""The scoreboard of one map on the terminal: scores, roles, trust, red flags with remedies, and what to do next."""

from collections.abc import Iterator, Mapping
from typing import Any

from warmap import text
from warmap.flags import Flag, subject_label
from warmap.judgement import Judgement
from warmap.reading import Reading
from warmap.scores import MAIN_SCORES, NOT_ASSESSED, all_scores
from warmap.scores.role_coverage import roles
from warmap.scores.stage_reached import stage_earned
from warmap.scores.trust import trust_pillars
from warmap.scores.win import win_checklist
from warmap.terms import Severity, WinStatus
from warmap.text import COLON, COMMA, Lang, Text, spoken, tenths
from warmap.worksheet.guidance import SIGN, answered_by, planned
from warmap_app.safe_text import shown
from warmap_app.screen import BLANK, Head, Line, Part, Table, bold, line

COLOUR = {Severity.CRITICAL: "bold red", Severity.MAJOR: "yellow", Severity.MINOR: "cyan"}

ROLE_HEADS = (
    Head(Text("角色", "Role")),
    Head(Text("覆盖", "Coverage"), "figure"),
    Head(Text("状态", "State")),
    Head(Text("人", "People")),
)
PILLAR_HEADS = (Head(Text("信任支柱", "Trust pillar")), Head(Text("得分", "Score"), "figure"))
FLAGS, NO_FLAGS = Text("红旗（{count}）", "Red flags ({count})"), Text("没有红旗", "No red flags")
FLAG_HEADS = (
    Head(Text("红旗", "Flag")),
    Head(Text("对象", "Subject")),
    Head(Text("问题", "Problem"), "prose", ""),
    Head(Text("怎么办", "Remedy"), "prose", "→ "),
    Head(Text("由谁应对", "Answered by"), "prose"),
)
WINS = Text("尚未满足的赢标准", "Win criteria still open")
WIN_HEADS = (
    Head(Text("联系人", "Contact")), Head(Text("角色", "Role")), Head(Text("标准", "Criteria"), "prose", ""),
)  # fmt: skip
DEAL = Text(
    "金额 {amount}，预计成交 {close}，评估日 {as_of}，责任人 {owner}",
    "amount {amount}, closes {close}, judged as of {as_of}, owner {owner}",
)
UNKNOWN = Text("未填", "not entered")
NO_OPEN_FLAGS = Text("没有未应对的红旗", "No open red flags")
PLANNED = Text("{what}（{owner}，{due}）", "{what} ({owner}, {due})")
SUGGESTED = Text("{what}（{code} 的建议，未列入计划）", "{what} (suggested by {code}, not in the plan)")
NEXT = Text("下一步", "Next actions")
STAGE = Text("阶段", "Stage")
SCORE_HEADS = (
    Head(Text("得分", "Score")), Head(Text("数值", "Value"), "figure"), Head(Text("说明", "Note"), "prose", ""),
)  # fmt: skip
WEAKEST = Text("{band}，最弱一环：{weakest}，已评 {share}", "{band}, weakest link: {weakest}, {share} assessed")
RATED = Text("按影响力已评 {share}", "{share} of influence rated")
AGAINST = Text("位置 {position}", "position {position}")
CLAIMED = Text("申报 {claimed}，实际 {earned}", "claimed {claimed}, earned {earned}")
NONE_DECLARED = Text("（未申报）", "(none)")


def score_said(code: str, value: Any, lang: Lang) -> str:
    """A score as people read it, with its unit; `value` may come from JSON."""
    return all_scores()[code].shown(value, lang)


def percent(value: object, lang: Lang) -> str:
    """0 … 1 as a percentage."""
    return text.percent(value) if isinstance(value, int | float) else NOT_ASSESSED.to(lang)


def points(value: object, lang: Lang) -> str:
    """0 … 100 with one decimal."""
    return tenths(value) if isinstance(value, int | float) else NOT_ASSESSED.to(lang)


def scoreboard(loaded: Reading, lang: Lang) -> Iterator[Part]:
    """Scores, coverage by role, trust by pillar, flags by severity with remedies, open win criteria, next actions."""
    judgement = loaded.judgement
    yield from heading(loaded, lang)
    for part in (_scores(judgement, lang), _roles(judgement, lang), _pillars(judgement, lang)):
        yield BLANK
        yield part
    flags = judgement.flags
    yield BLANK
    yield bold(FLAGS.say(lang, {"count": len(flags)}) if flags else NO_FLAGS.to(lang))
    if flags:
        yield _flags(judgement, lang)
    wins = _open_wins(judgement, lang)
    if wins.rows:
        yield BLANK
        yield bold(WINS.to(lang))
        yield wins
    yield from _next(judgement, lang)


def heading(loaded: Reading, lang: Lang) -> Iterator[Line]:
    """Whose deal it is, how large, when it closes, the day it is judged at, and who owns it."""
    deal = loaded.map.deal
    yield bold(" — ".join(shown(part) for part in (deal.account, deal.opportunity) if part) or loaded.file)
    amount = f"{deal.amount:,.0f} {deal.currency or ''}".rstrip() if deal.amount is not None else None
    facts = {"amount": amount, "close": deal.close_date, "as_of": deal.as_of, "owner": deal.owner}
    unknown = UNKNOWN.to(lang)
    yield line(DEAL.say(lang, {name: unknown if value is None else value for name, value in facts.items()}))


def brief(loaded: Reading, lang: Lang) -> Iterator[Line]:
    """Ten lines: the deal, health and its weakest link, the two worst flags, the next three actions."""
    judgement = loaded.judgement
    yield from heading(loaded, lang)
    health = score_said("health", judgement.scores["health"], lang)
    note = _notes(judgement, judgement.scores, lang)["health"]
    yield bold(f"{all_scores()['health'].name.to(lang)} {health}  {note}")
    open_flags = [flag for flag in judgement.flags if flag.mitigated_by is None]
    for flag in open_flags[:2]:
        yield line(flag_said(flag, lang), COLOUR[flag.severity])
    if not open_flags:
        yield line(NO_OPEN_FLAGS.to(lang))
    yield bold(NEXT.to(lang))
    yield from (Line(f"{place}. {shown(words)}") for place, words in enumerate(_next_three(judgement, lang), 1))


def _next_three(judgement: Judgement, lang: Lang) -> list[str]:
    """The plan's own actions, the soonest first; after them what the flags suggest."""
    live = [one.action for one in planned(judgement)]
    unknown = UNKNOWN.to(lang)
    entered = [PLANNED.say(lang, {"what": a.what, "owner": a.owner or unknown, "due": a.due or unknown}) for a in live]
    suggested = [
        SUGGESTED.say(lang, {"what": action.remedy(lang), "code": action.flag.code})
        for action in judgement.next_actions
    ]
    return [*entered, *suggested][:3]


def _roles(judgement: Judgement, lang: Lang) -> Table:
    by_role = Table(ROLE_HEADS, lang)
    for role in roles(judgement).values():
        people = COMMA.to(lang).join(shown(contact.name) for contact in role.holders)
        by_role.add_row(role.role.label.to(lang), percent(role.score, lang), role.state.label.to(lang), people)
    return by_role


def _pillars(judgement: Judgement, lang: Lang) -> Table:
    pillars = Table(PILLAR_HEADS, lang)
    for pillar, score in trust_pillars(judgement).items():
        pillars.add_row(pillar.label.to(lang), points(score, lang))
    return pillars


def _scores(judgement: Judgement, lang: Lang) -> Table:
    board = Table(SCORE_HEADS, lang)
    values = judgement.scores
    notes = _notes(judgement, values, lang)
    for code in MAIN_SCORES:
        score = all_scores()[code]
        board.add_row(score.name.to(lang), score_said(code, values[code], lang), notes.get(code, ""))
    return board


def _notes(judgement: Judgement, values: Mapping[str, object], lang: Lang) -> dict[str, str]:
    """What stands beside a figure: the weakest link, the share rated, who wins, the stages, the position."""
    deal = judgement.map.deal
    health = {
        "band": values["band"] or "—",
        "weakest": values["weakest_link"] or "—",
        "share": percent(values["health_assessed_share"], lang),
    }
    stage = {"claimed": deal.stage or NONE_DECLARED, "earned": stage_earned(judgement)}
    return {
        "health": WEAKEST.say(lang, health),
        "trust": RATED.say(lang, {"share": percent(values["trust_assessed_share"], lang)}),
        "win": spoken(values["quadrant"] or "", lang),
        "stage": CLAIMED.say(lang, stage),
        "competition": AGAINST.say(lang, {"position": values["position"]}) if values["position"] is not None else "",
        "fit": spoken(values["tier"] or "", lang),
    }


def _sign(flag: Flag, lang: Lang) -> str:
    return f"{SIGN[flag.severity]} {flag.severity.label.to(lang)} {flag.code}"


def flag_said(flag: Flag, lang: Lang) -> str:
    """A flag on one line: how severe, its code, whom it is about, and what it says."""
    return f"{_sign(flag, lang)} {subject_label(flag.subject, lang)}{COLON.to(lang)}{flag.message(lang)}"


def _flags(judgement: Judgement, lang: Lang) -> Table:
    flags = Table(FLAG_HEADS, lang)
    for flag in judgement.flags:
        answered = answered_by(flag, lang)
        sign = Line(_sign(flag, lang), "dim" if answered else COLOUR[flag.severity])
        flags.add_row(sign, subject_label(flag.subject, lang), flag.message(lang), flag.remedy(lang), answered)
    return flags


def _open_wins(judgement: Judgement, lang: Lang) -> Table:
    wins = Table(WIN_HEADS, lang)
    still_open: dict[tuple[str, str], list[str]] = {}
    for one in win_checklist(judgement):
        if one.status in (WinStatus.UNKNOWN, WinStatus.IDENTIFIED):
            words = f"{one.criterion.label.to(lang)} ({one.status.label.to(lang)})"
            still_open.setdefault((one.contact.name or "", one.role.label.to(lang)), []).append(words)
    for (name, role), criteria in still_open.items():
        wins.add_row(name, role, COMMA.to(lang).join(criteria))
    return wins


def _next(judgement: Judgement, lang: Lang) -> Iterator[Line]:
    """The heading and the actions; nothing where there are none."""
    for place, action in enumerate(judgement.next_actions, 1):
        if place == 1:
            yield BLANK
            yield bold(NEXT.to(lang))
        subject = subject_label(action.flag.subject, lang)
        yield line(f"{place}. [{action.flag.code}] {subject}{COLON.to(lang)}{action.remedy(lang)}")
