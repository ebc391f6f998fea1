"""The contest for the deal: rivals, strengths and weaknesses, what we bargain with."""

from typing import Annotated, ClassVar

from annotated_types import MaxLen

from warmap.model.fields import About, Grade, Model, Money, Rating, Record, Row, Weight, Words, column
from warmap.terms import SwotQuadrant
from warmap.text import Text


class Criterion(Row):
    """One criterion of the choice, our score and the rivals' (000: the competition matrix)."""

    ABOUT: ClassVar[About] = About(
        "competition", Text("竞争", "Competition"),
        Text("选型标准逐项打分；在表头写竞争对手的名字，第一个是“维持现状”", "Score each criterion; name the rivals in the header, the first is “do nothing”"), key=("criterion",),
    )  # fmt: skip

    criterion: Words = column(
        "选型标准", "Criterion", "客户按什么选", "What the customer chooses by", 28, required=True
    )
    weight: Weight = column("权重", "Weight", "大于 0", "Above 0", 9, required=True)
    our_score: Rating = column("我方", "Ours", "0–5", "0–5", 9)
    scores: Annotated[dict[str, Rating], MaxLen(4)] = column(
        "竞争对手", "Competitor", "0–5；名字写在表头", "0–5; the name stands in the header", 12, factory=dict
    )


class Swot(Row):
    """One entry of the SWOT table."""

    ABOUT: ClassVar[About] = About(
        "swot",
        Text("SWOT", "SWOT"),
        Text("优势、劣势、机会、威胁", "Strengths, weaknesses, opportunities, threats"),
        key=("quadrant", "text"),
    )

    quadrant: SwotQuadrant | None = column("象限", "Quadrant", "四格中的哪一格", "Which of the four fields", 12)
    text: Words = column("要点", "Point", "一句话", "One sentence", 36, required=True, multiline=True)
    weight: Grade = column("重要性", "Importance", "1–5", "1–5", 10)


class Strength(Row):
    """小铃铛: what sets us apart, and the flags it answers (001)."""

    ABOUT: ClassVar[About] = About(
        "strengths", Text("强项", "Strengths"),
        Text("与对手的最大区别；“化解”写红旗代码或人名", "What sets us apart; under “Answers” name flags or people it offsets"), key=("text",),
    )  # fmt: skip

    text: Words = column("强项", "Our strength", "一句话", "One sentence", 36, required=True, multiline=True)
    differs_from: Words = column("区别于", "Differs from", "与哪个对手不同", "From which rival", 16)
    answers: list[str] = column(
        "化解", "Answers", "红旗代码或人名，用顿号分开", "Flag codes or names, separated by commas", 18, factory=list
    )


class Concession(Model):
    """What we give and what we get for it."""

    give: Words = None
    get: Words = None


class Negotiation(Record):
    """Prices, alternatives, concessions."""

    ABOUT: ClassVar[About] = About(
        "negotiation",
        Text("谈判", "Negotiation"),
        Text("上桌之前先写好底线和替代方案", "Write the limits and alternatives before you sit down"),
    )

    opening_price: Money = column("开价", "Opening price", "第一口价", "The first price", 40)
    target_price: Money = column("目标价", "Target price", "想要的价", "The price we want", 40)
    walk_away_price: Money = column("底价", "Walk-away price", "低于它就不做", "Below it we walk away", 40)
    customer_walk_away: Money = column(
        "客户底线（估计）", "Customer's limit (estimate)", "客户最多肯付多少", "The most the customer would pay", 40
    )
    our_alternative: Words = column(
        "我方替代方案", "Our alternative", "谈不成我们怎么办", "What we do without a deal", 40, multiline=True
    )
    our_alternative_strength: Grade = column(
        "我方替代强度", "Strength of our alternative", "1 弱 … 5 强", "1 weak … 5 strong", 40
    )
    customer_alternative: Words = column(
        "客户替代方案",
        "Customer's alternative",
        "谈不成客户怎么办",
        "What the customer does without a deal",
        40,
        multiline=True,
    )
    customer_alternative_strength: Grade = column(
        "客户替代强度", "Strength of the customer's alternative", "1 弱 … 5 强", "1 weak … 5 strong", 40
    )
    concessions: list[Concession] = column(
        "让步", "Concessions", "每行一条：让什么 → 换什么", "One a line: give → get", 40, multiline=True, factory=list
    )
    feelings: Words = column(
        "感受",
        "Feelings",
        "客户的感受与顾虑",
        "How the customer feels about it",
        40,
        multiline=True,
        aliases=("feelings_notes",),
    )
