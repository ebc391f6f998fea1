"""How the deal is pursued: stage evidence, needs, objections, visits, actions, resources, reviews."""

from typing import ClassVar

from warmap.model.fields import About, Day, Number, Row, TenPoint, When, Words, YesNo, column
from warmap.terms import (
    ActionStatus,
    FiveWTwoH,
    NeedLevel,
    NeedState,
    ObjectionSource,
    ProcurementStage,
    SpinType,
    StageCriterion,
)
from warmap.text import Text

NAME_HELP = Text("关键人表中的姓名", "A name from the People sheet")


class StageEvidence(Row):
    """One exit criterion of a stage, done or not."""

    ABOUT: ClassVar[About] = About(
        "stage_evidence", Text("阶段", "Stages"),
        Text("十六条出口标准；做到的选“是”，写下证据和日期", "Sixteen exit criteria; say yes to what is done, with evidence and date"),
        room=16, key=("stage", "criterion"),
    )  # fmt: skip

    stage: ProcurementStage | None = column("采购阶段", "Stage", "已印好", "Printed", 16, required=True)
    criterion: StageCriterion | None = column("出口标准", "Exit criterion", "已印好", "Printed", 30, required=True)
    done: YesNo = column("已完成", "Done", "做到了吗？", "Done?", 9)
    evidence: Words = column(
        "证据", "Evidence", "客户方的哪件事证明了它", "What on the customer's side proves it", 38, multiline=True
    )
    done_on: Day = column("完成日期", "Done on", "哪天做到的", "The day it was done", 12, when=When.PAST)


class Need(Row):
    """One question of the SPIN log and what came of it (003)."""

    ABOUT: ClassVar[About] = About(
        "needs",
        Text("需求", "Needs"),
        Text("SPIN 提问记录：问了什么、答了什么、落在哪项能力上", "The SPIN log: asked, answered, met by what"),
        key=("contact", "spin_type", "question"),
    )

    contact: Words = column("联系人", "Contact", *NAME_HELP, 12, ref="contacts")
    spin_type: SpinType | None = column(
        "提问类型", "Question type", "S 状况 P 问题 I 暗示 N 需求满足", "S, P, I or N", 12, required=True
    )
    aspect: FiveWTwoH | None = column("5W2H", "5W2H", "问的是哪一面", "Which side was asked about", 9)
    question: Words = column("问题", "Question", "问了什么", "What was asked", 32, multiline=True)
    answer: Words = column("回答", "Answer", "客户怎么回答", "What the customer said", 32, multiline=True)
    need_state: NeedState | None = column("需求状态", "Need state", "隐藏性 / 明确性", "Implicit or explicit", 12)
    need_level: NeedLevel | None = column(
        "需求层面", "Need level", "财务、客户、营销、流程、管理", "Which layer of the business", 12
    )
    capability: Words = column(
        "我方能力", "Our capability", "我们产品的哪项能力满足它", "What of ours meets it", 24, multiline=True
    )
    impact: TenPoint = column("影响", "Impact", "1–10", "1–10", 8)
    confidence: TenPoint = column("信心", "Confidence", "1–10", "1–10", 8)
    ease: TenPoint = column("容易度", "Ease", "1–10", "1–10", 8)


class Objection(Row):
    """An objection and the four steps of answering it (001)."""

    ABOUT: ClassVar[About] = About(
        "objections",
        Text("异议", "Objections"),
        Text("倾听、澄清、复述、回应，四步都做到", "Listen, clarify, restate, answer: all four"),
        key=("contact", "objection"),
    )

    contact: Words = column("提出人", "Raised by", *NAME_HELP, 12, required=True, ref="contacts")
    objection: Words = column("异议", "Objection", "原话", "In the customer's words", 32, required=True, multiline=True)
    source: ObjectionSource | None = column("来源", "Source", "谁的意见", "Whose opinion", 12)
    listened: YesNo = column("已倾听", "Listened", "听完了吗", "Heard out?", 8)
    clarified: YesNo = column("已澄清", "Clarified", "问清了吗", "Asked back?", 8)
    restated: YesNo = column("已复述", "Restated", "复述确认了吗", "Restated and confirmed?", 8)
    answered: YesNo = column("已回应", "Answered", "用案例或数据回应了吗", "Answered with proof?", 8)
    proof: Words = column(
        "佐证", "Proof", "客户案例或第三方数据", "Customer case or third-party figure", 28, multiline=True
    )
    raised_on: Day = column("提出日期", "Raised on", "哪天提出", "The day it was raised", 12, when=When.PAST)
    closed_on: Day = column("关闭日期", "Closed on", "哪天了结", "The day it was settled", 12, when=When.PAST)


class Visit(Row):
    """A call on the customer: goal before, result after."""

    ABOUT: ClassVar[About] = About(
        "visits",
        Text("拜访", "Visits"),
        Text("去之前写目标，回来写结果", "Write the goal before, the result after"),
        key=("date", "goal"),
    )

    date: Day = column(
        "拜访日期", "Visit date", "拜访的日期", "The day of the visit", 11, required=True, when=When.BY_RESULT
    )
    contacts: list[str] = column(
        "见了谁", "People met", "姓名，用顿号分开", "Names, separated by commas", 14, ref="contacts", factory=list
    )
    goal: Words = column(
        "拜访目标", "Goal", "想得到客户的什么承诺", "What commitment you want", 20, required=True, multiline=True
    )
    expected_result: Words = column(
        "预期结果", "Expected result", "这次拜访希望得到什么", "What the visit should bring", 16, multiline=True
    )
    actual_result: Words = column("实际结果", "Actual result", "实际得到了什么", "What came of it", 20, multiline=True)
    next_step: Words = column("下一步", "Next step", "约定的下一步", "What was agreed next", 17, multiline=True)


class Action(Row):
    """What is to be done about it."""

    ABOUT: ClassVar[About] = About(
        "actions", Text("行动", "Actions"),
        Text("“针对”写红旗代码或人名，就算回应了那面红旗", "Name a flag's code or a person under “About” and that flag is answered"), key=("what",),
    )  # fmt: skip

    what: Words = column("行动事项", "Action", "做什么", "What is to be done", 36, required=True, multiline=True)
    owner: Words = column("责任人", "Owner", "谁来做", "Who does it", 12, required=True)
    due: Day = column("到期日", "Due", "哪天之前", "By when", 12, required=True, when=When.PLANNED)
    status: ActionStatus | None = column("行动状态", "Action status", "空白 = 未开始", "Blank = open", 12)
    about: list[str] = column(
        "针对", "About", "红旗代码（如 RF205）、人名或两者；前三项算数", "A flag's code (such as RF205), a name, or both; the first three count",
        16, factory=list,
    )  # fmt: skip
    customer_owner: Words = column(
        "客户负责人", "Customer owner", "客户那边由谁负责；写了就是双方的共同计划", "Who answers for it on the customer's side; such lines make the mutual plan",
        12, ref="contacts", since=2,
    )  # fmt: skip


class Resource(Row):
    """A resource the deal needs (000)."""

    ABOUT: ClassVar[About] = About(
        "resources",
        Text("资源", "Resources"),
        Text("人力、物力：需要的与已落实的", "People and means: needed and committed"),
        key=("resource",),
    )

    resource: Words = column("资源项", "Resource", "什么资源", "What is needed", 16)
    owner: Words = column("资源负责人", "Resource owner", "谁能给", "Who can give it", 10)
    committed: YesNo = column("已落实", "Committed", "落实了吗", "Committed?", 9)
    needed: YesNo = column("需要", "Needed", "需要吗", "Needed?", 9)


class Review(Row):
    """A second person's judgement, shown beside the rep's and never averaged with it."""

    ABOUT: ClassVar[About] = About(
        "reviews",
        Text("复核", "Review"),
        Text("另一个人的判断，与销售的并列显示", "A second person's judgement, shown beside the rep's"),
        key=("reviewed_on", "reviewer", "subject"),
    )

    reviewed_on: Day = column(
        "复核日期", "Reviewed on", "哪天复核", "The day of the review", 12, required=True, when=When.PAST
    )
    reviewer: Words = column("复核人", "Reviewer", "谁复核", "Who reviews", 12, required=True)
    subject: Words = column(
        "复核对象", "Subject", "得分的名称，或人名", "A score's name, or a person's", 18, required=True
    )
    score: Number = column("复核得分", "Reviewer's figure", "与该得分同单位", "In that score's unit", 14, required=True)
    rep_score: Number = column(
        "销售当时得分", "Rep's figure", "复核那天销售的数值；空白 = 现在的", "The rep's own figure on that day; blank = as it is now",
        14, since=2,
    )  # fmt: skip
    comment: Words = column("意见", "Comment", "复核人看到了什么", "What the reviewer saw", 28, multiline=True)
    agreed_action: Words = column("商定行动", "Agreed action", "商定的行动", "What was agreed", 26, multiline=True)
    due: Day = column(
        "完成期限", "Agreed by", "商定的行动哪天之前做完", "By when it is to be done", 12, when=When.PLANNED, since=2
    )
