"""What a seller asks about each win criterion, in words to the person, and the way to a person never met."""

from collections.abc import Mapping, Sequence
from functools import cache

from warmap.model import Contact
from warmap.remedies import introduction_to, way_of_ours
from warmap.scores.assessment import Assessment
from warmap.scores.engagement import BACKED, never_met
from warmap.scores.win import WinLine, win_checklist
from warmap.terms import BuyingRole, WinCriterion, WinStatus
from warmap.text import Text

_C = WinCriterion
QUESTIONS: Mapping[BuyingRole, Mapping[WinCriterion, Text]] = {
    BuyingRole.COACH: {
        _C.RECOGNITION: Text("这件事做成了，您最希望得到谁的认可？", "If this works out, whose recognition would mean most to you?"),
        _C.VISIBILITY: Text("做成以后，您愿意拿它去做分享吗？最想讲给谁听？", "Once it runs, would you like to present it, and to whom?"),
        _C.BEAT_RIVALS: Text("内部还有谁在推别的方案？要是选了他们，对您意味着什么？", "Who inside is pushing another option, and what would it mean for you if it won?"),
        _C.CONTRIBUTION: Text("这个项目里，您最想亲手促成的是哪一件事？", "Which part of this project would you most like to have brought about yourself?"),
        _C.PROBLEM_SOLVER: Text("哪个问题总是落到您头上？解决了，谁会第一个感谢您？", "Which problem keeps landing on your desk, and who would thank you first for solving it?"),
        _C.PERSONAL_GAIN: Text("这件事做成，您自己的工作、时间或发展会有什么不一样？", "If this goes well, what gets better for you: your job, your time, your standing?"),
    },
    BuyingRole.USER: {
        _C.RELIABILITY: Text("一旦停下来，您那边会怎么样？上一次停了多久？", "What happens on your side when it stops, and how long was the last stoppage?"),
        _C.EFFICIENCY: Text("现在哪一步最费时间？快多少，您每天就能感觉到？", "Which step takes longest today, and how much faster would you notice every day?"),
        _C.SKILLS: Text("您和同事还想学会什么？培训到什么程度，才敢放手用？", "What would you and your team like to be able to do, and how much training before you trust yourselves with it?"),
        _C.PERFORMANCE: Text("今年考核您哪几个指标？哪一个最悬？", "Which targets are you measured on this year, and which one is at risk?"),
        _C.BEST_FIX: Text("这个问题您试过哪些办法？为什么还没解决？", "What have you tried to solve this problem, and why is it still there?"),
        _C.EASIER_WORK: Text("手上哪件活儿，您最希望以后不用再做？", "Which part of the job would you be glad never to do again?"),
    },
    BuyingRole.TECHNICAL: {
        _C.MEETS_SPEC: Text("哪几条指标不达标就直接出局？用什么方法验？", "Which requirements rule a supplier out at once, and how do you test them?"),
        _C.ON_TIME_DELIVERY: Text("最晚哪天必须交付？晚一周会怎么样？", "By which day must it be in place, and what does a week's delay cost you?"),
        _C.BEST_TECHNICAL_SOLUTION: Text("您心里最好的技术方案是什么样的？目前各家差在哪里？", "What does the best solution look like to you, and where does each offer fall short of it?"),
        _C.DISCOUNT: Text("价格怎么计分？拿哪个数来比？", "How is price scored, and against which figure is it compared?"),
        _C.RELIABILITY: Text("看到哪些运行数据或现场，您才愿意签字说它可靠？", "Which operating figures or sites would you have to see before you vouch for its reliability?"),
        _C.SAFETY: Text("安全与合规由谁审？最不能出哪一种事故？", "Who checks safety and compliance, and which incident must never happen?"),
    },
    BuyingRole.ECONOMIC: {
        _C.LOW_COST: Text("除了采购价，您还把哪些费用算进成本？现在一年花多少？", "Beyond the price, what do you count as cost, and what does that come to in a year?"),
        _C.GOOD_BUDGET: Text("预算批了多少，算在谁的账上？超了由谁定？", "How much is approved and in whose budget, and who decides if it takes more?"),
        _C.RETURN_ON_INVESTMENT: Text("几年收回投资您才会批？按什么口径算？", "Within how many years must it pay back for you to approve it, and how do you work that out?"),
        _C.FINANCIAL_RESPONSIBILITY: Text("万一没达到预期，您怎么向上交代？希望我们拿什么来担保？", "If it fell short, how would you account for it, and what would you want from us as security?"),
        _C.PRODUCTIVITY: Text("您最想提高的是哪个产出指标？要提高多少？", "Which output figure do you want to see rise, and by how much?"),
        _C.CASH_FLOW: Text("什么样的付款节奏合您今年的资金安排？需求变了，哪些要能调整？", "Which payment schedule suits this year's cash plan, and what must be adjustable if your needs change?"),
    },
}  # fmt: skip
WHAT_WOULD_SHOW = Text(
    "说到‘{criterion}’，看到什么您会说我们做到了？",
    "On ‘{criterion}’: what would you have to see to say that we meet it?",
)
WOULD_YOU_SAY = Text("‘{criterion}’这一条，您觉得我们做到了吗？", "On ‘{criterion}’: would you say that we meet it?")

IN_PERSON = Text("“{question}”", "“{question}”")
FIRST_MEET = Text(
    "{through}，与{name}第一次见面，问：“{question}”",
    "Get a first meeting with {name} {through}, and ask: “{question}”",
)
WHEN_MET = Text("第一次见面时问：“{question}”", "At that first meeting: “{question}”")


def what_to_ask(assessment: Assessment) -> Sequence[tuple[WinLine, Text | None]]:
    """Each line of the checklist with what to ask about it next; None where nothing is open, or it was asked above.

    Of whoever was never met the first line says how to get to the person, the others wait for that meeting.
    """
    asked: dict[str, set[Text]] = {}
    lines: list[tuple[WinLine, Text | None]] = []
    for line in win_checklist(assessment):
        question, before = _question(line), asked.setdefault(line.contact.name or "", set())
        if question is None or question in before:
            lines.append((line, None))
            continue
        lines.append((line, _put(assessment, line.contact, question, is_first=not before)))
        before.add(question)
    return lines


def _question(line: WinLine) -> Text | None:
    """The question that is open, in the words to the person: what matters, what would show it, whether it is met."""
    if line.status is WinStatus.UNKNOWN:
        return QUESTIONS[line.role][line.criterion]
    if line.status is WinStatus.IDENTIFIED:
        return _filled(WHAT_WOULD_SHOW, criterion=line.criterion)
    if line.status is WinStatus.MET and line.grade not in BACKED:
        return _filled(WOULD_YOU_SAY, criterion=line.criterion)
    return None


def _put(assessment: Assessment, contact: Contact, question: Text, *, is_first: bool) -> Text:
    """The question as it is put: to the person met, else at a first meeting, and on the way there."""
    if not never_met(contact):
        return _filled(IN_PERSON, question=question)
    if is_first:  # by the people alone: of the counterpart the deal would have to say whether that is the rep
        through = introduction_to(assessment, contact) or way_of_ours(contact)
        return FIRST_MEET.filled(through=through, name=contact.name, question=question)
    return _filled(WHEN_MET, question=question)


@cache
def _filled(words: Text, **facts: WinCriterion | Text) -> Text:
    """Remembered: sixty people are asked the same seventy questions hundreds of times."""
    return words.filled(**facts)
