"""The scoreboard of one map on the terminal, and how text from a workbook may stand there."""

from collections.abc import Container, Iterable, Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text as Line

from warmap.flags import subject_label
from warmap.judgement import Judgement
from warmap.reading import Reading
from warmap.scores import Kind, all_scores
from warmap.scores.role_coverage import roles
from warmap.scores.stage_reached import stage_earned
from warmap.scores.trust import trust_pillars
from warmap.scores.win import win_checklist
from warmap.terms import Severity, WinStatus
from warmap.text import COMMA, Lang, Text, spoken
from warmap.worksheet.guidance import SIGN, answered_by
from warmap_app.safe_text import shown

COLOUR = {Severity.CRITICAL: "bold red", Severity.MAJOR: "yellow", Severity.MINOR: "cyan"}
NOT_ASSESSED = Text("未评估", "not assessed")

ROLE_HEADS = (Text("角色", "Role"), Text("覆盖", "Coverage"), Text("状态", "State"), Text("人", "People"))
PILLAR_HEADS = (Text("信任支柱", "Trust pillar"), Text("得分", "Score"))
FLAG_HEADS = (
    Text("红旗", "Flag"), Text("对象", "Subject"), Text("问题", "Problem"), Text("怎么办", "Remedy"),
    Text("由谁应对", "Answered by"),
)  # fmt: skip
WIN_HEADS = (Text("联系人", "Contact"), Text("角色", "Role"), Text("尚未满足的赢标准", "Win criteria still open"))
NEXT = Text("下一步", "Next actions")
STAGE = Text("阶段", "Stage")
SCORE_HEADS = (Text("得分", "Score"), Text("数值", "Value"), Text("说明", "Note"))
SHOWN_SCORES = (
    "health", "plan_quality", "role_coverage", "trust", "win", "stage",
    "needs", "competition", "fit", "negotiation",
)  # fmt: skip
WEAKEST = Text("{band}，最弱一环：{weakest}，已评 {share}", "{band}, weakest link: {weakest}, {share} assessed")
RATED = Text("按影响力已评 {share}", "{share} of influence rated")
AGAINST = Text("位置 {position}", "position {position}")
CLAIMED = Text("申报 {claimed}，实际 {earned}", "claimed {claimed}, earned {earned}")
NONE_DECLARED = Text("（未申报）", "(none)")


def terminal() -> Console:
    """A console that takes text as text: nothing that stands in a workbook is markup."""
    return Console(markup=False, highlight=False, emoji=False)


def line(words: object) -> Line:
    """A line with text from a workbook in it."""
    return Line(shown(words))


def bold(words: object) -> Line:
    """The same as a heading."""
    return Line(shown(words), "bold")


def table(heads: Sequence[Text], lang: Lang, right: Container[int] = ()) -> Table:
    """An empty table; long words are folded, not cut, but in the columns of figures on the `right`."""
    made = Table(header_style="bold")
    for place, head in enumerate(heads):
        is_figure = place in right
        made.add_column(head.to(lang), overflow="fold", justify="right" if is_figure else "left", no_wrap=is_figure)
    return made


def score_shown(value: object) -> str:
    """A score in a table of several: at most two decimals, a dash where it is not assessed."""
    if value is None:
        return "–"
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def percent(value: object, lang: Lang) -> str:
    """0 … 1 as a percentage."""
    return f"{value:.0%}" if isinstance(value, int | float) else NOT_ASSESSED.to(lang)


def points(value: object, lang: Lang) -> str:
    """0 … 100 with one decimal."""
    return f"{value:.1f}" if isinstance(value, int | float) else NOT_ASSESSED.to(lang)


def scoreboard(loaded: Reading, lang: Lang) -> list[RenderableType]:
    """Scores, coverage by role, trust by pillar, flags by severity with remedies, open win criteria, next actions."""
    judgement = loaded.judgement
    deal = loaded.map.deal
    title = " — ".join(shown(part) for part in (deal.account, deal.opportunity) if part) or shown(loaded.file)
    head = _scores(judgement, lang)
    by_role = table(ROLE_HEADS, lang)
    comma = COMMA.to(lang)
    for role in roles(judgement).values():
        people = comma.join(shown(contact.name) for contact in role.holders)
        by_role.add_row(role.role.label.to(lang), percent(role.score, lang), role.state.label.to(lang), people)
    pillars = table(PILLAR_HEADS, lang)
    for pillar, score in trust_pillars(judgement).items():
        pillars.add_row(pillar.label.to(lang), points(score, lang))
    return [Line(title, style="bold"), head, by_role, pillars, _flags(judgement, lang), _open_wins(judgement, lang),
            _next(judgement, lang)]  # fmt: skip


def _scores(judgement: Judgement, lang: Lang) -> Table:
    board = table(SCORE_HEADS, lang)
    values = judgement.scores
    notes = _notes(judgement, values, lang)
    for code in SHOWN_SCORES:
        score = all_scores()[code]
        figure = (percent if score.kind is Kind.SHARE else points)(values[code], lang)
        board.add_row(score.name.to(lang), figure, notes.get(code, ""))
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


def _flags(judgement: Judgement, lang: Lang) -> Table:
    flags = table(FLAG_HEADS, lang)
    for flag in judgement.flags:
        answered = shown(answered_by(flag, lang))
        style = "dim" if answered else COLOUR[flag.severity]
        sign = f"{SIGN[flag.severity]} {flag.severity.label.to(lang)} {flag.code}"
        cells = (sign, subject_label(flag.subject, lang), flag.message(lang), flag.remedy(lang), answered)
        flags.add_row(*(Line(shown(cell), style=style if place == 0 else "") for place, cell in enumerate(cells)))
    return flags


def _open_wins(judgement: Judgement, lang: Lang) -> Table:
    wins = table(WIN_HEADS, lang)
    still_open: dict[tuple[str, str], list[str]] = {}
    for line in win_checklist(judgement):
        if line.status in (WinStatus.UNKNOWN, WinStatus.IDENTIFIED):
            words = f"{line.criterion.label.to(lang)} ({line.status.label.to(lang)})"
            still_open.setdefault((line.contact.name or "", line.role.label.to(lang)), []).append(words)
    for (name, role), criteria in still_open.items():
        wins.add_row(shown(name), role, COMMA.to(lang).join(criteria))
    return wins


def _next(judgement: Judgement, lang: Lang) -> RenderableType:
    lines = [
        Line(f"{place}. [{line.flag.code}] {shown(subject_label(line.flag.subject, lang))}: {shown(line.remedy(lang))}")
        for place, line in enumerate(judgement.next_actions, 1)
    ]
    return Group(Line(NEXT.to(lang), style="bold"), *lines)


def print_parts(parts: Iterable[RenderableType]) -> None:
    """One below the other on the terminal."""
    for part in parts:
        terminal().print(part)


def shown_text(parts: Iterable[RenderableType]) -> str:
    """The same as plain text, for a file."""
    console = Console(width=160, force_terminal=False, no_color=True, markup=False, highlight=False, emoji=False)
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    return capture.get()
