"""The report: what a manager reads of one deal in two minutes, on one A4 page whatever stands on the map."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from warmap._version import VERSION
from warmap.earlier import Earlier, newest_of
from warmap.flags import Flag, is_overdue, subject_label
from warmap.judgement import Judgement, judge
from warmap.model import Strength
from warmap.questions import what_to_ask
from warmap.scores import all_scores
from warmap.scores.plan_quality import Grasp, judgements
from warmap.scores.stage_reached import stage_earned
from warmap.scores.timetable import days_needed, is_settled
from warmap.scores.win import WinLine
from warmap.scrutiny import Marked, marked_changes
from warmap.terms import HealthBand, key
from warmap.text import COMMA, Lang, Text, half_up, spoken, tenths
from warmap.worksheet.guidance import SIGN, answered_by, planned, way_said
from warmap.worksheet.score_functions import BAND_SIGN
from warmap_app.outputs.html import LANGUAGE_TAG, templates
from warmap_app.report.picture import picture
from warmap_app.safe_text import one_line, shown

HERE = Path(__file__).parent
LINE, LONG = 110, 260  # characters of an entry: of a line of a table, of a paragraph
CHANGES, STEPS, QUESTIONS, STRENGTHS, ANSWERS = 6, 3, 4, 3, 2

WORDS = {
    "report": Text("一页报告", "Deal report"),
    "amount": Text("金额", "Amount"), "close": Text("预计成交", "Closes"), "stage": Text("阶段", "Stage"),
    "owner": Text("责任人", "Owner"), "as_of": Text("评估日", "Judged as of"), "outcome": Text("结果", "Outcome"),
    "known": Text("有依据", "Known"), "assumed": Text("推测", "Assumed"), "unknown": Text("不知道", "Unknown"),
    "grasp": Text("我们知道多少（{all} 项判断）", "What we know ({all} judgements)"),
    "risks": Text("最大的两个风险", "The two worst risks"), "none_open": Text("没有未应对的红旗", "No red flag is unanswered"),
    "remedy": Text("怎么办", "What to do"), "answered": Text("已有应对", "Answered already"),
    "strengths": Text("强项，以及各自化解什么", "Strengths, and what each answers"), "no_strengths": Text("还没有写强项", "No strength entered yet"),
    "steps": Text("接下来三步", "Next three actions"), "no_steps": Text("没有", "None"),
    "questions": Text("还要问到的", "Information still needed"), "no_questions": Text("没有", "None"),
    "changed": Text("改了什么", "What changed"), "changes": Text("{day} 以来改了什么", "What changed since {day}"), "no_changes": Text("没有可比的快照", "No snapshot to compare with"),
    "more": Text("另有 {count} 处", "{count} more"), "nothing": Text("没有改动", "Nothing changed"),
    "from": Text("由“{file}”算出", "from “{file}”"), "confidential": Text("机密：含对人的判断", "confidential: holds judgements about people"),
}  # fmt: skip
NOT_ENTERED = Text("未填", "not entered")
STAGES_SAID = Text("申报 {claimed}，实际 {earned}", "claimed {claimed}, earned {earned}")
DAYS = Text("还有 {left} 天，通常要 {needed} 天", "{left} days left, {needed} usually needed")
LATE = Text("已过预计成交日 {days} 天", "{days} days past the close date")
BEFORE = Text("{day}：{before}（{by}）", "{day}: {before} ({by})")
MOVED = Text("红旗消除 {cleared}；新增 {raised}", "flags cleared {cleared}; new {raised}")
UNDATED = Text("上次快照", "the last snapshot")
WORTH = Text("值 {points} 分", "worth {points}")
SUGGESTED = Text("建议 {code}", "suggested, {code}")
OVERDUE = Text("已逾期", "overdue")
ASKED = Text("{name}（{role}）", "{name} ({role})")


def build_page(judgement: Judgement, lang: Lang, file: str) -> str:
    """The HTML: one file that loads nothing and runs nothing; `file` is the name that its foot bears, if any."""
    told = _Told(judgement, lang)
    words = {name: text.to(lang) for name, text in WORDS.items()}
    earlier = newest_of(judgement).before(judgement)
    drawing = picture(judgement, "org", lang)
    return templates(HERE).get_template("page.html.j2").render(
        lang_tag=LANGUAGE_TAG[lang], words=words, title=told.title(), facts=told.facts(), cards=told.cards(earlier),
        grasp=told.grasp(), risks=told.risks(), answered=told.answered(), strengths=told.strengths(), steps=told.steps(), questions=told.questions(),
        changes=told.changes(earlier), picture=_inline(drawing), sides=_sides(drawing),
        foot=_foot(file, lang),
    )  # fmt: skip


def _foot(file: str, lang: Lang) -> str:
    source = [WORDS["from"].say(lang, {"file": one_line(file, 80)})] if file else []
    return " · ".join([f"warmap {VERSION}", *source, WORDS["confidential"].to(lang)])


def _inline(drawing: str) -> Markup:
    """The drawing as it stands in a page: it is made of elements, so whatever came from a map is escaped in it."""
    return Markup(drawing)  # noqa: S704


@dataclass(frozen=True, slots=True)
class _Told:
    """The parts of the page as plain words and figures."""

    judgement: Judgement
    lang: Lang

    def _say(self, text: Text, **facts: object) -> str:
        return shown(text.say(self.lang, facts))

    def title(self) -> str:
        deal = self.judgement.map.deal
        return " — ".join(one_line(part, 80) for part in (deal.account, deal.opportunity) if part) or "—"

    def facts(self) -> list[tuple[str, str]]:
        """The line of the deal."""
        deal, lang = self.judgement.map.deal, self.lang
        amount = None if deal.amount is None else f"{deal.amount:,f} {deal.currency or ''}".strip()
        owner = COMMA.to(lang).join(part for part in (deal.owner, deal.team) if part)
        given = {"amount": amount, "close": deal.close_date, "owner": owner, "as_of": deal.as_of}
        if deal.outcome is not None:
            given["outcome"] = " ".join(filter(None, (deal.outcome.label.to(lang), deal.outcome_reason)))
        none = NOT_ENTERED.to(lang)
        return [(WORDS[name].to(lang), one_line(spoken(value, lang), LINE) if value else none) for name, value in given.items()]  # fmt: skip

    def cards(self, earlier: Earlier | None) -> list[dict[str, str]]:
        """Health with what it was and what moved it; then the main figures, and the stage against the days."""
        scores, lang = self.judgement.scores, self.lang
        band = self.judgement.health.band
        sign = f"{BAND_SIGN[band]} {band.label.to(lang)}" if band else ""
        health = all_scores()["health"]
        found = [{
            "name": health.name.to(lang), "figure": health.shown(scores["health"], lang), "note": sign, "below": self._moved(earlier),
            "band": band.value if band else "",
        }]  # fmt: skip
        for code in ("role_coverage", "trust", "win", "needs", "competition"):
            score = all_scores()[code]
            found.append(
                {"name": score.name.to(lang), "figure": score.shown(scores[code], lang), "note": "", "below": "", "band": ""}
            )  # fmt: skip
        deal = self.judgement.map.deal
        stages = self._say(STAGES_SAID, claimed=deal.stage or "—", earned=stage_earned(self.judgement))
        found.append({"name": WORDS["stage"].to(lang), "figure": "", "note": stages, "below": self._days(), "band": ""})
        return found

    def _days(self) -> str:
        age = self.judgement.age(self.judgement.map.deal.close_date)
        if age is None or is_settled(self.judgement):
            return ""
        if age > 0:
            return self._say(LATE, days=age)
        return self._say(DAYS, left=-age, needed=round(days_needed(self.judgement)))

    def _moved(self, earlier: Earlier | None) -> str:
        """What health was at the last snapshot that differs, and which flags came and went."""
        now = self.judgement.scores["health"]
        if earlier is None or not isinstance(now, float):
            return ""
        settings = self.judgement.settings
        before = earlier.scores(settings)["health"]
        if not isinstance(before, float | int):
            return ""
        by = half_up(now, 1) - half_up(before, 1)
        facts = {"day": earlier.taken_on or UNDATED, "before": tenths(before), "by": f"{by:+.1f}".replace("-", "−")}
        raised, cleared = self._flags_moved(earlier)
        moved = self._say(MOVED, cleared=codes_said(cleared), raised=codes_said(raised)) if raised or cleared else ""
        return " · ".join(filter(None, (self._say(BEFORE, **facts), moved)))

    def _flags_moved(self, earlier: Earlier) -> tuple[list[str], list[str]]:
        then = judge(earlier.map, self.judgement.settings)
        was, now = ({(flag.code, key(flag.subject)) for flag in one.open_flags} for one in (then, self.judgement))
        return sorted({code for code, _ in now - was}), sorted({code for code, _ in was - now})

    def grasp(self) -> dict[str, Any]:
        """How many of the judgements that the map calls for are known, assumed and unknown, and their shares of a bar."""
        counts = Counter(judgements(self.judgement))
        total = sum(counts.values())
        parts = [
            {"code": grasp.value, "name": WORDS[grasp.value].to(self.lang), "count": counts[grasp], "share": 100 * counts[grasp] / total if total else 0}
            for grasp in Grasp
        ]  # fmt: skip
        return {"title": self._say(WORDS["grasp"], all=total), "parts": parts}

    def risks(self) -> list[dict[str, str]]:
        return [
            {
                "severity": flag.severity.value,
                "head": f"{SIGN[flag.severity]} {flag.code} · {shown(subject_label(flag.subject, self.lang))}",
                "message": one_line(flag.message(self.lang), LONG),
                "remedy": one_line(flag.remedy(self.lang), LONG),
            }
            for flag in self.judgement.worst_risks
        ]

    def answered(self) -> str:
        """The heaviest of the flags that something answers, each with what does."""
        flags = [flag for flag in self.judgement.flags if flag.mitigated_by is not None][:ANSWERS]
        return COMMA.to(self.lang).join(
            f"{self._flag(flag)} ← {one_line(answered_by(flag, self.lang), 60)}" for flag in flags
        )

    def strengths(self) -> list[dict[str, str]]:
        """Each strength beside the flags that it answers, those that answer some first."""
        answers: dict[int, list[str]] = {}
        for flag in self.judgement.flags:
            if isinstance(flag.mitigated_by, Strength):
                answers.setdefault(id(flag.mitigated_by), []).append(self._flag(flag))
        entered = [one for one in self.judgement.map.strengths if one.text]
        entered.sort(key=lambda one: id(one) not in answers)
        return [
            {"text": one_line(one.text, LINE), "answers": one_line(COMMA.to(self.lang).join(answers.get(id(one), ())), LINE)}
            for one in entered[:STRENGTHS]
        ]  # fmt: skip

    def _flag(self, flag: Flag) -> str:
        return f"{flag.code} {subject_label(flag.subject, self.lang)}"

    def steps(self) -> list[dict[str, str]]:
        """What is planned, the soonest first; then what the flags suggest."""
        found = []
        for one in planned(self.judgement):
            action = one.action
            late = OVERDUE.to(self.lang) if is_overdue(action, self.judgement.as_of) else ""
            when = " ".join(filter(None, (action.due.isoformat() if action.due else "", late)))
            found.append(self._step(action.what or "", action.owner, when, one.worth, one.route, ""))
        for line in self.judgement.next_actions:
            due = line.due.isoformat() if line.due else ""
            code = self._say(SUGGESTED, code=line.flag.code)
            found.append(self._step(line.remedy(self.lang), line.owner, due, line.worth, way_said(line.route), code))
        return found[:STEPS]

    def _step(self, what: str, owner: str | None, due: str, worth: float | None, route: str, code: str) -> dict[str, str]:  # fmt: skip
        points = "" if worth is None else self._say(WORTH, points=f"{half_up(worth, 1):+.1f}")
        who = COMMA.to(self.lang).join(filter(None, (owner or "", due)))
        beside = " · ".join(filter(None, (who, points, route and f"⇢ {route}", code)))
        return {"what": one_line(what, LONG), "beside": one_line(beside, LINE)}

    def questions(self) -> list[dict[str, str]]:
        """The open questions about win criteria, one a person first, those of most influence before the others."""
        asked = [(line, words) for line, words in what_to_ask(self.judgement) if words is not None]
        turn: Counter[int] = Counter()

        def rank(pair: tuple[WinLine, Text]) -> tuple[int, float]:
            place = turn[id(pair[0].contact)]
            turn[id(pair[0].contact)] += 1
            return place, -self.judgement.weight(pair[0].contact)

        ranked = sorted(asked, key=rank)
        return [
            {"who": self._say(ASKED, name=line.contact.name, role=line.role), "what": one_line(words.to(self.lang), LONG)}
            for line, words in ranked[:QUESTIONS]
        ]  # fmt: skip

    def changes(self, earlier: Earlier | None) -> dict[str, Any]:
        """What changed in words; what a reader must look at comes first."""
        if earlier is None:
            return {"title": WORDS["changed"].to(self.lang), "lines": [], "more": "", "none": WORDS["no_changes"].to(self.lang)}  # fmt: skip
        marked = marked_changes(earlier.map, self.judgement)
        more = len(marked) - CHANGES
        return {
            "title": self._say(WORDS["changes"], day=earlier.taken_on or UNDATED),
            "lines": [self._change(one) for one in marked[:CHANGES]],
            "more": self._say(WORDS["more"], count=more) if more > 0 else "",
            "none": "" if marked else WORDS["nothing"].to(self.lang),
        }

    def _change(self, one: Marked) -> str:
        return one_line("  ".join(filter(None, (one.change.say(self.lang), one.note(self.lang)))), LINE + 40)


def codes_said(codes: Sequence[str]) -> str:
    """Codes of flags on one line; a dash for none."""
    return " ".join(codes) or "—"


def _sides(drawing: str) -> tuple[int, int]:
    """Width and height of a drawing in CSS pixels."""
    width, height = drawing.partition('viewBox="')[2].partition('"')[0].split()[2:]
    return round(float(width)), round(float(height))


def picture_page(drawing: str) -> tuple[str, tuple[int, int]]:
    """A page that holds a drawing alone, and its size in CSS pixels: a picture of it is made from that."""
    width, height = _sides(drawing)
    page = templates(HERE).get_template("picture.html.j2").render(picture=_inline(drawing), width=width, height=height)
    return page, (width, height)


INDEX_HEADS = (
    Text("商机", "Deal"), Text("责任人", "Owner"), Text("健康度", "Health"), Text("档位", "Band"), Text("没通过检查", "Not passed"), Text("文件", "File"),
)  # fmt: skip
INDEX_TITLE = Text("报告：{count} 个商机", "Reports: {count} deals")


def build_index(pages: Sequence[tuple[str, dict[str, Any]]], lang: Lang) -> str:
    """The list of the pages of a folder, by file name and result: those of the lowest health first, then without any."""

    def rank(page: tuple[str, dict[str, Any]]) -> tuple[bool, float]:
        health = page[1]["scores"]["health"]
        return health is None, health or 0.0

    rows = []
    for name, result in sorted(pages, key=rank):
        deal, health, band = result["deal"], result["scores"]["health"], result["scores"]["band"]
        title = " — ".join(one_line(deal[part], 80) for part in ("account", "opportunity") if deal.get(part))
        band_said = next((f"{BAND_SIGN[one]} {one.label.to(lang)}" for one in HealthBand if one.value == band), "")
        not_passed = "" if result["passed"] else "✗"
        cells = [
            one_line(deal.get("owner") or "", 60),
            tenths(health),
            band_said,
            not_passed,
            one_line(Path(result["file"]).name, 80),
        ]
        rows.append({"href": quote(name), "title": title or name, "cells": cells})
    title = INDEX_TITLE.say(lang, {"count": len(rows)})
    heads = [head.to(lang) for head in INDEX_HEADS]
    return (
        templates(HERE)
        .get_template("index.html.j2")
        .render(lang_tag=LANGUAGE_TAG[lang], title=title, heads=heads, rows=rows)
    )
