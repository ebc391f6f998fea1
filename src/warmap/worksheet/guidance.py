"""The functions that say what is wrong and what to do: red flags, next and open actions, a rule, the version."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from warmap._version import VERSION as PROGRAM_VERSION
from warmap.advice import NextAction, route_of
from warmap.findings import CHECKS
from warmap.flags import Flag, is_live, is_overdue, subject_label
from warmap.judgement import Judgement
from warmap.model import Action
from warmap.remedies import FACTS
from warmap.routes import route
from warmap.rules import all_rules
from warmap.terms import Severity
from warmap.text import COMMA, Lang, Text, is_blank
from warmap.worksheet.declaration import (
    ALL_TABLES,
    LANG,
    ROWS,
    SETTINGS,
    Argument,
    Call,
    Function,
    Rows,
    Scalar,
    arguments,
    cell,
    table_arguments,
)

SIGN: Mapping[Severity, str] = {Severity.CRITICAL: "▲", Severity.MAJOR: "■", Severity.MINOR: "●"}
ANSWERED_BY_ACTION = Text("行动：{what}（{owner}，{due}）", "Action: {what} ({owner}, {due})")
ANSWERED_BY_STRENGTH = Text("强项：{text}", "Strength: {text}")
NO_SUCH_RULE = Text("没有规则 {code}", "There is no rule {code}")
RULE_WORDS = Text("{title}。为什么：{why} 怎么办：{remedy}", "{title}. Why: {why} What to do: {remedy}")
AND_MORE = Text("{words}（此人另有 {more} 面红旗）", "{words} (and {more} more about this person)")
OVERDUE = Text("{day} 已逾期", "{day} overdue")
PLACEHOLDER = re.compile(r"\{([^}]*)\}")


def answered_by(flag: Flag, lang: Lang) -> str:
    """What answers a flag, in words; empty where nothing does."""
    answer = flag.mitigated_by
    if answer is None:
        return ""
    if isinstance(answer, Action):
        facts = {"what": answer.what or "", "owner": answer.owner or "—", "due": answer.due or "—"}
        return ANSWERED_BY_ACTION.say(lang, facts)
    return ANSWERED_BY_STRENGTH.say(lang, {"text": answer.text or ""})


def red_flags(call: Call) -> Rows:
    """Rows: severity with its sign, code, subject, message, remedy, route, worth, answered by.

    The open flags come first, subject by subject, the subject of the heaviest flag first; the answered ones follow in
    the same way. So the two worst risks are the first flags of the first two subjects.
    """
    groups: dict[tuple[bool, str], list[Flag]] = {}
    for flag in call.judgement.flags:
        groups.setdefault((flag.mitigated_by is not None, flag.subject), []).append(flag)
    flags = [flag for group in sorted(groups, key=lambda group: group[0]) for flag in groups[group]]
    return [
        [
            f"{SIGN[flag.severity]} {flag.severity.label.to(call.lang)}",
            flag.code,
            subject_label(flag.subject, call.lang),
            flag.message(call.lang),
            flag.remedy(call.lang),
            way_said(route_of(call.judgement, flag)),
            cell(call.judgement.worth(flag)),
            answered_by(flag, call.lang),
        ]
        for flag in flags
    ]


def way_said(chain: Sequence[str] | None) -> str:
    """The way to a person as a cell shows it; empty where there is none."""
    return " → ".join(chain or ())


def next_actions(call: Call) -> Rows:
    """Up to ten rows: what to do, about whom, why, owner, due, worth in points of health, the way to the person."""
    return [
        [
            line.remedy(call.lang),
            subject_label(line.flag.subject, call.lang),
            _reason(line, call.lang),
            line.owner or "",
            line.due.isoformat() if line.due else "",
            cell(line.worth),
            way_said(line.route),
        ]
        for line in call.judgement.next_actions
    ]


def _reason(line: NextAction, lang: Lang) -> str:
    """The flag, and how many more about the same person it stands for."""
    words = f"{line.flag.code} {line.flag.title.to(lang)}"
    more = len(line.flags) - 1
    return AND_MORE.say(lang, {"words": words, "more": more}) if more else words


def route_rows(call: Call) -> Rows:
    """A row a person, from whom to whom one gets to the person named; none without a way."""
    return [[name] for name in route(call.judgement, str(call.words.get("name") or "")) or ()]


@dataclass(frozen=True, slots=True)
class Planned:
    """An action still to be done, the points that clearing the flags it answers gains, the way to the first of their people."""

    action: Action
    worth: float | None
    route: str


def planned(judgement: Judgement) -> list[Planned]:
    """The actions still to be done, the soonest first, those without a date last."""
    live = [action for action in judgement.map.actions if is_live(action) and not is_blank(action.what)]
    live.sort(key=lambda action: action.due or date.max)
    found = []
    for action in live:
        answered = [flag for flag in judgement.flags if flag.mitigated_by is action]
        ways = (way_said(route_of(judgement, flag)) for flag in answered)
        worth = judgement.worth(*answered) if answered else None
        found.append(Planned(action, worth, next(filter(None, ways), "")))
    return found


def open_actions(call: Call) -> Rows:
    """Rows: what, owner, due, about whom or what, worth, route; the soonest first, those without a date last."""
    about = COMMA.to(call.lang)
    rows: list[list[Scalar]] = []
    for one in planned(call.judgement):
        action = one.action
        said = [action.what or "", action.owner or "", _due(action, call), about.join(action.about)]
        rows.append([*said, cell(one.worth), one.route])
    return rows


def _due(action: Action, call: Call) -> str:
    if action.due is None:
        return ""
    day = action.due.isoformat()
    return OVERDUE.say(call.lang, {"day": day}) if is_overdue(action, call.judgement.as_of) else day


def rule(call: Call) -> Scalar:
    """What a rule or check says, why, and the remedy."""
    code = str(call.words.get("code") or "").strip().upper()
    found = all_rules().get(code)
    if found is not None:
        facts = {"title": found.title, "why": found.why, "remedy": without_facts(found.remedy)}
        return RULE_WORDS.say(call.lang, facts)
    check = CHECKS.get(code)
    if check is not None:
        return without_facts(check.message).to(call.lang) + " " + without_facts(check.hint).to(call.lang)
    return NO_SUCH_RULE.say(call.lang, {"code": code or "?"})


def without_facts(text: Text) -> Text:
    """A message or remedy as a pattern: each placeholder as it is called in general, else an ellipsis."""

    def said(words: str, lang: Lang) -> str:
        filled = PLACEHOLDER.sub(lambda found: FACTS[found[1]].in_general.to(lang) if found[1] in FACTS else "…", words)
        return filled[:1].upper() + filled[1:]

    return Text(said(text.zh, "zh"), said(text.en, "en"))


def why(call: Call) -> Scalar:
    """Placeholder of the table entry: the host reads the cell's formula, and `warmap_udfs` explains it."""
    return str(call.words.get("explanation") or "")


def version(call: Call) -> Scalar:
    """Version of the functions."""
    del call
    return PROGRAM_VERSION


RED_FLAGS = Function(
    "RED_FLAGS",
    Text("所有红旗，按对象分组，最重的在前，已应对的在后", "Every red flag by subject, the heaviest first, the answered ones last"),
    arguments(*ALL_TABLES, required=2),
    Text("每面红旗一行", "One row a flag"),
    red_flags,
    (
        Text("严重程度", "Severity"), Text("代码", "Code"), Text("对象", "Subject"), Text("问题", "Message"),
        Text("怎么办", "Remedy"), Text("怎么找到人", "Route"), Text("值几分", "Worth"), Text("由谁应对", "Answered by"),
    ),
)  # fmt: skip
NEXT_ACTIONS = Function(
    "NEXT_ACTIONS",
    Text("下一步行动，最多十条", "The next actions, at most ten"),
    arguments(*ALL_TABLES, required=2),
    Text("每条行动一行", "One row an action"),
    next_actions,
    (
        Text("做什么", "What"), Text("对谁", "About whom"), Text("为什么", "Why"), Text("谁来做", "Owner"),
        Text("到期", "Due"), Text("值几分", "Worth"), Text("怎么找到人", "Route"),
    ),
)  # fmt: skip
ROUTE = Function(
    "ROUTE",
    Text("经过谁能找到某人", "Through whom one gets to a person"),
    (
        *table_arguments("contacts"),
        Argument("name", Text("要找的人的姓名", "The name of the person"), required=True),
        SETTINGS, LANG, ROWS,
    ),
    Text("一行一人，最后一行是要找的人；没有路就是空白", "One row per person, the last the one to be met; blank without a way"),
    route_rows,
    (Text("经过谁", "By way of"),),
    shown_with='wm_contacts,"…"',
)  # fmt: skip
OPEN_ACTIONS = Function(
    "OPEN_ACTIONS",
    Text("还没做完的行动，最近到期的在前", "The actions still to be done, the soonest first"),
    arguments(*ALL_TABLES, required=2),
    Text("每条行动一行；到期日早于评估日的写明已逾期", "One row an action; one due before the day of judging says so"),
    open_actions,
    (
        Text("做什么", "What"),
        Text("责任人", "Owner"),
        Text("到期", "Due"),
        Text("针对", "About"),
        Text("值几分", "Worth"),
        Text("怎么找到人", "Route"),
    ),
    earlier=arguments("actions", "deal"),
)
RULE = Function(
    "RULE",
    Text("一条规则说什么、为什么、怎么办", "What a rule says, why, and the remedy"),
    (Argument("code", Text("规则代码，例如 RF205", "The rule's code, such as RF205"), required=True), LANG),
    Text("一段文字", "Text"),
    rule,
    shown_with='"RF205"',
)
WHY = Function(
    "WHY",
    Text("某个单元格为什么出错或没有得分", "Why a cell shows an error or no score"),
    (Argument("cell", Text("要解释的单元格", "The cell to explain"), required=True, is_cell=True), LANG),
    Text("一段文字", "Text"),
    why,
    shown_with="C5",
)
VERSION = Function(
    "VERSION",
    Text("函数的版本", "Version of the functions"),
    (),
    Text("一段文字", "Text"),
    version,
)
