"""The deal and the customer: what is sold to whom, what kind of company it is, how it is organised, how well it fits us."""

from typing import Annotated, ClassVar

from pydantic import StringConstraints

from warmap.model.fields import (
    About,
    Amount,
    Day,
    Grade,
    Impact,
    Model,
    Rating,
    Record,
    Row,
    Share,
    Weight,
    When,
    Words,
    YesNo,
    column,
)
from warmap.terms import FiveForce, KeyAccountQuestion, OrgUnitKind, Outcome, PestFactor, ProcurementStage
from warmap.text import Text

Currency = Annotated[str | None, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Deal(Record):
    """One opportunity at one account: what is sold, for how much, by when, and the date it is judged at."""

    ABOUT: ClassVar[About] = About(
        "deal",
        Text("商机", "Deal"),
        Text("一份作战地图 = 一个客户的一个商机", "One war map = one opportunity at one account"),
    )

    account: Words = column("客户", "Account", "客户公司全称", "The customer's full company name", 40, required=True)
    opportunity: Words = column(
        "商机名称", "Opportunity", "这一单的名字", "What this deal is called", 40, required=True
    )
    objective: Words = column(
        "单一销售目标",
        "Single sales objective",
        "卖什么、多少、何时成交，一句话",
        "What, how much, by when, in one sentence",
        40,
        multiline=True,
    )
    amount: Amount = column("金额", "Amount", "合同金额，大于 0", "Contract amount, above 0", 40, required=True)
    currency: Currency = column(
        "币种", "Currency", "三个大写字母，例如 CNY", "Three capital letters, such as CNY", 40, required=True
    )
    close_date: Day = column(
        "预计成交日", "Close date", "预计签约的日期", "The day you expect to sign", 40, required=True, when=When.PLANNED
    )
    stage: ProcurementStage | None = column(
        "申报阶段",
        "Declared stage",
        "您认为客户走到了哪个采购阶段",
        "The purchasing stage you say the customer is in",
        40,
        required=True,
    )
    stage_since: Day = column(
        "进入该阶段日期", "In this stage since", "进入申报阶段的日期", "The day the stage began", 40, when=When.PAST
    )
    owner: Words = column("负责销售", "Rep", "负责这一单的销售", "The rep who owns the deal", 40, required=True)
    team: Words = column("团队", "Team", "销售团队或区域", "Sales team or region", 40)
    quoted_on: Day = column(
        "首次报价日", "First quoted on", "第一次报出价格的日期", "The day the price was first given", 40, when=When.PAST
    )
    as_of: Day = column(
        "评估日",
        "Judged as of",
        "按哪一天来判断；所有时效都以此日为准",
        "The day the map is judged at; every age counts from it",
        40,
        required=True,
        when=When.PAST,
    )
    our_win: Words = column(
        "我方的赢", "Our win", "对我方来说赢意味着什么", "What winning means to us", 40, multiline=True
    )
    outcome: Outcome | None = column("结局", "Outcome", "空白 = 进行中", "Blank = still open", 40, since=2)
    outcome_on: Day = column(
        "结局日期",
        "Outcome on",
        "赢、丢或搁置的日期",
        "The day it was won, lost or shelved",
        40,
        when=When.PAST,
        since=2,
    )
    outcome_reason: Words = column(
        "结局原因", "Outcome reason", "客户说为什么", "Why, in the customer's words", 40, multiline=True, since=2
    )


class PestNote(Model):
    """One side of the PEST picture."""

    note: Words = column("要点", "note", "对这一单有影响的一件事", "One thing that bears on this deal", 40)
    impact: Impact = column("影响", "impact", "−2 很不利 … +2 很有利", "−2 very bad … +2 very good", 10)


class Profile(Record):
    """The account's picture (000, 002, 003)."""

    ABOUT: ClassVar[About] = About(
        "profile", Text("客户画像", "Profile"), Text("这是一个怎样的客户", "What kind of customer this is")
    )

    industry: Words = column("行业", "Industry", "客户做哪一行", "The trade the customer is in", 40)
    scale: Grade = column("规模", "Scale", "1 小 … 5 大", "1 small … 5 large", 40)
    industry_attractiveness: Grade = column(
        "行业吸引力", "Industry attractiveness", "1 低 … 5 高", "1 low … 5 high", 40
    )
    profitability: Grade = column("盈利能力", "Profitability", "1 低 … 5 高", "1 low … 5 high", 40)
    share_of_our_sales: Share = column("占我方销售额", "Share of our sales", "0–1，例如 0.12", "0–1, such as 0.12", 40)
    key_account: dict[KeyAccountQuestion, bool] = column(
        "大客户四问", "Key account", "是 / 否", "Yes or no", 40, factory=dict
    )
    pest: dict[PestFactor, PestNote] = column("PEST", "PEST", "宏观环境", "Surroundings", 40, factory=dict)
    five_forces: dict[FiveForce, Grade] = column(
        "五力", "Five forces", "1 弱 … 5 强", "1 weak … 5 strong", 40, factory=dict
    )
    product_channel_notes: Words = column(
        "产品通路", "Product channels", "产品怎样到达最终用户", "How the product reaches its users", 40, multiline=True
    )
    pain_points: Words = column("痛点", "Pain points", "客户的痛点", "What hurts the customer", 40, multiline=True)


class OrgUnit(Row):
    """A unit of the customer's organisation (001)."""

    ABOUT: ClassVar[About] = About(
        "org_units",
        Text("组织", "Organisation"),
        Text("整体架构，以及与本项目有关的部分", "The whole structure, and the part this deal touches"),
        key=("name",),
    )

    name: Words = column("单位名称", "Unit", "单位名称", "Name of the unit", 28, required=True)
    parent: Words = column("上级单位", "Parent unit", "上级单位名称", "Name of the parent unit", 24)
    kind: OrgUnitKind | None = column("类型", "Kind", "这是哪一种单位", "What sort of unit it is", 14)
    project_related: YesNo = column("与项目有关", "Project related", "与本项目有关吗", "Does the deal touch it?", 14)


class IdealCustomer(Row):
    """How near this customer is to the one we are made for (001)."""

    ABOUT: ClassVar[About] = About(
        "ideal_customer",
        Text("理想客户", "Ideal customer"),
        Text("理想客户的特征，逐项打分", "The traits of our ideal customer, scored"),
        key=("attribute",),
    )

    attribute: Words = column("特征", "Attribute", "理想客户的特征", "A trait of the ideal customer", 28, required=True)
    weight: Weight = column("特征权重", "Attribute weight", "大于 0", "Above 0", 10, required=True)
    score: Rating = column("符合度", "Match", "0–5", "0–5", 10)
