"""The people on the customer's side, the trust they have in us, and what each of them wins."""

from typing import ClassVar

from warmap.model.fields import About, Day, Model, Ordinal, Rating, Row, When, Words, YesNo, column
from warmap.terms import (
    BuyingRole,
    ContactFrequency,
    EvidenceGrade,
    Influence,
    OrgLevel,
    PositionClass,
    PostStatus,
    ResponseMode,
    SocialStyle,
    Support,
    TrustPillar,
    WinCriterion,
    WinStatus,
)
from warmap.text import Text

EVIDENCE_HELP = Text("您怎么知道？空白 = 无证据", "How do you know? Blank = no evidence")


class Contact(Row):
    """One person on the customer's side."""

    ABOUT: ClassVar[About] = About(
        "contacts", Text("关键人", "People"),
        Text("每人一行；不知道就留空，空白会提醒您去了解", "One row per person; leave blank what you do not know, and it will be asked for"),
        room=60, key=("name",),
    )  # fmt: skip

    name: Words = column(
        "姓名", "Name", "每人只写一行，名字不重复", "One row per person, no name twice", 12, required=True
    )
    title: Words = column("职务", "Title", "名片上的职务", "Title on the card", 14)
    level: OrgLevel | None = column(
        "层级",
        "Level",
        "在客户单位里的位置；每一级的意思见“说明”",
        "The place in the customer's organisation; the Guide tells what each means",
        11,
    )
    department: Words = column(
        "部门", "Department", "在客户单位的哪个部门", "The department in the customer's organisation", 12
    )
    position_class: PositionClass | None = column(
        "岗位类别",
        "Position class",
        "采购中的岗位；可以以后再填",
        "The part the post plays in purchasing; may wait",
        15,
    )
    reports_to: Words = column(
        "汇报给", "Reports to", "上级的姓名，须在本表中", "The superior's name, as in this table", 10, ref="contacts"
    )
    decision_order: Ordinal = column(
        "决策顺序",
        "Sign-off order",
        "这一单谁先签字、谁后签字：1 = 最先，可以以后再填",
        "In which order they sign off on this deal: 1 = first; may wait",
        8,
        aliases=("Decision order",),
    )
    buying_roles: frozenset[BuyingRole] = column(
        "角色",
        "Role",
        "担任此角色就打 ✓，一人可多个",
        "Tick the roles this person plays; more than one is fine",
        7,
        default=frozenset(),
    )
    influence: Influence | None = column(
        "影响力",
        "Influence",
        "此人能否左右这次采购；空白按低计",
        "Can this person sway this purchase? Blank counts as low",
        9,
    )
    support: Support | None = column(
        "支持度",
        "Support",
        "对我方方案的态度，要有此人说过或做过的事；空白 = 未知",
        "Attitude to our proposal, by what the person said or did; blank = unknown",
        13,
    )
    evidence_grade: EvidenceGrade | None = column(
        "支持度依据", "Support evidence", "您怎么知道他的态度？", "How do you know this attitude?", 14
    )
    assessed_on: Day = column(
        "判断日期", "Judged on", "此人那样说或那样做的日子", "The day the person said or did it", 11, when=When.PAST
    )
    response_mode: ResponseMode | None = column(
        "反馈模式",
        "Response mode",
        "此人怎样看自己的现状；四种意思见“说明”",
        "How this person sees today's situation; the Guide explains the four",
        12,
    )
    style: SocialStyle | None = column(
        "风格", "Style", "沟通风格；四种意思见“说明”", "Manner in conversation; the Guide explains the four", 10
    )
    influenced_by: list[str] = column(
        "听谁的", "Influenced by", "谁的话对此人有分量；可写几个名字", "Whose word counts with this person; more than one is fine",
        14, ref="contacts", since=2, factory=list,
    )  # fmt: skip
    contact_frequency: ContactFrequency | None = column(
        "接触频度",
        "Contact frequency",
        "多久接触一次：经常 = 差不多每周，偶尔 = 每月一两次，从未 = 没见过",
        "Frequent = nearly weekly, occasional = once or twice a month, never = not met",
        10,
    )
    last_contact: Day = column(
        "最近接触", "Last contact", "最近一次接触的日期", "The day of the last contact", 11, when=When.PAST
    )
    counterpart: Words = column(
        "我方对应人", "Our counterpart", "我方谁与他对应", "Who on our side answers to this person", 11
    )
    counterpart_level: OrgLevel | None = column(
        "对应人层级", "Counterpart level", "我方对应人的层级", "Level of our counterpart", 11
    )
    wants_our_success: YesNo = column(
        "希望我们成功",
        "Wants our success",
        "我们赢了，此人也得好处吗？（与支持度是两回事）",
        "Does this person gain if we win? (not the same as support)",
        9,
    )
    post_status: PostStatus | None = column("任职状态", "Post status", "空白 = 在职", "Blank = in post", 10)
    post_since: Day = column("任现职起", "In post since", "任现职的日期", "The day this post began", 11, when=When.PAST)
    notes: Words = column("备注", "Notes", "任何值得记住的事", "Anything worth remembering", 24, multiline=True)


class Judged(Model):
    """A rating 0 … 5 with the grade of its evidence."""

    rating: Rating = column("评分", "Rating", "0–5，见表头上的说明", "0–5, see the anchors above", 8)
    evidence_grade: EvidenceGrade | None = column("依据", "Evidence grade", *EVIDENCE_HELP, 12)


class Trust(Row):
    """The trust of one contact on one day, judged from the customer's side by what can be observed (000)."""

    ABOUT: ClassVar[About] = About(
        "trust", Text("信任", "Trust"),
        Text("从客户的角度、按看得见的行为打分；同一人以最近日期为准", "Judge from the customer's side by what can be seen; the latest date counts"), key=("contact", "rated_on"),
    )  # fmt: skip

    contact: Words = column(
        "联系人", "Contact", "关键人表中的姓名", "A name from the People sheet", 12, required=True, ref="contacts"
    )
    rated_on: Day = column("评分日期", "Rated on", "哪天打的分", "The day of the rating", 11, when=When.PAST)
    ratings: dict[TrustPillar, Judged] = column("评分", "Rating", "0–5", "0–5", 8, factory=dict)
    evidence: Words = column(
        "事实",
        "Evidence",
        "客户说了什么、写了什么、做了什么",
        "What the customer said, wrote or did",
        40,
        multiline=True,
    )


class Win(Row):
    """What one contact in one role gets out of the deal (001, tables 4-1 and 4-2)."""

    ABOUT: ClassVar[About] = About(
        "wins", Text("赢标准", "Wins"),
        Text("每人每个角色一行；六项标准的名称见表头上方", "One row per person and role; the six criteria are named above the table"),
        key=("contact", "role"),
    )  # fmt: skip

    contact: Words = column(
        "联系人", "Contact", "关键人表中的姓名", "A name from the People sheet", 12, required=True, ref="contacts"
    )
    role: BuyingRole | None = column("角色", "Role", "以哪个角色", "In which role", 14, required=True)
    statuses: dict[WinCriterion, WinStatus] = column(
        "标准",
        "Criterion",
        "该角色的第几项标准，见上方对照表",
        "The role's criterion of this number, see the legend",
        13,
        factory=dict,
    )
    evidence_grade: EvidenceGrade | None = column("依据", "Evidence grade", *EVIDENCE_HELP, 14)
    evidence: Words = column(
        "事实",
        "Evidence",
        "客户说了什么、写了什么、做了什么",
        "What the customer said, wrote or did",
        32,
        multiline=True,
    )
    personal_win: Words = column(
        "个人的赢",
        "Personal win",
        "对他个人意味着什么，须合情、合理、合法",
        "What it means to this person; lawful and proper",
        24,
        multiline=True,
    )
    measurable_result: Words = column(
        "可度量的结果",
        "Measurable result",
        "公司得到的、可度量的结果",
        "What the company gets, measurably",
        28,
        multiline=True,
    )
