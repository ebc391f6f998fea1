"""The words of the guide and of the legends: the method as a user meets it while filling in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warmap.text import Text
from warmap.vocabulary import BuyingRole, TrustPillar

if TYPE_CHECKING:
    from collections.abc import Mapping

RATING_ANCHORS = Text(
    "评分：0 已破裂 · 1 对方不认识我们 · 2 中性 · 3 偶有表现 · 4 曾对别人说起 · 5 愿冒一点风险为我们行动",
    "Ratings: 0 broken · 1 unknown to them · 2 neutral · 3 shown now and then · 4 has said so to others · 5 acts on it at some risk",
)
CAPS_LINE = Text(
    "您怎么知道？依据决定最多算几分：无 {none} · 我方推测 {guess} · 本人表态 {stated} · 书面或行为证实 {proven}",
    "How do you know? Evidence decides how much counts: none {none} · our guess {guess} · stated {stated} · proven {proven}",
)
PILLAR_MEANING: Mapping[TrustPillar, Text] = {
    TrustPillar.PROFESSIONAL: Text("守时、有准备、守口如瓶", "on time, prepared, discreet"),
    TrustPillar.EXPERTISE: Text("向我们请教，并照着做", "ask our advice and act on it"),
    TrustPillar.RELATIONSHIP: Text("接电话、回电话、主动告知消息", "answer, call back, share news unasked"),
    TrustPillar.SINCERITY: Text("我们守信、主动报忧，对方也这么说", "we keep promises, bring bad news; they say so"),
}
ROLE_MEANING: Mapping[BuyingRole, Text] = {
    BuyingRole.COACH: Text("以我们的成功为成功", "our success is this person's success"),
    BuyingRole.USER: Text("产品直接解决工作中的问题", "the product solves problems at work"),
    BuyingRole.TECHNICAL: Text("把技术关，有否决权", "guards the specification, may say no"),
    BuyingRole.ECONOMIC: Text("最后批准，看回报", "gives the final yes, looks at the return"),
}

GUIDE: tuple[tuple[Text, Text], ...] = (
    (
        Text("先填哪里", "Where to begin"),
        Text(
            "深蓝标签页是您填的，青绿的是算出来的。新商机先填“商机”和“关键人”，四十格以内就能看到有用的红旗。",
            "Dark blue tabs are yours, green ones are computed. For a new deal fill in Deal and People first: within forty cells the first useful flags appear.",
        ),
    ),
    (
        Text("不知道就留空", "Leave blank what you do not know"),
        Text(
            "空白不是错误，而是提醒：系统会把它变成“下一步该问什么”。不要为了好看而猜；要猜，就写“我方推测”。",
            "A blank is no mistake, it is a reminder: it becomes what to ask next. Do not guess for looks; if you guess, say it is our guess.",
        ),
    ),
    (
        Text("四类角色 CUTE", "The four roles, CUTE"),
        Text(
            "教练 C：渴望我们成功的内线，最好是高层。用户 U：直接使用产品的人。技术把关者 T：有否决权。关键决策者 E：最后拍板的人，不一定是总裁，而是这一单的最高决策者。",
            "Coach: an insider hungry for our success, best a senior one. User: works with the product. Technical gatekeeper: may say no. Economic decision maker: gives the final yes; not always the president, but the top officer for this deal.",
        ),
    ),
    (
        Text("影响力与支持度", "Influence and support"),
        Text(
            "影响力看这个人能否左右这次采购；支持度看他对我方方案的态度，并写明“您怎么知道”和判断日期。",
            "Influence: can this person sway this purchase? Support: the attitude to our proposal, with how you know and the day you judged.",
        ),
    ),
    (
        Text("信任怎么打分", "How to rate trust"),
        Text(
            "从客户一边、按看得见的行为打 0–5 分：4 分要有“曾对别人说起”，5 分要有“愿冒一点风险为我们行动”。没有依据最多算 2 分；关系信任会随着不联系而减半。",
            "Rate 0–5 from the customer's side by what can be seen: 4 means “has said so to others”, 5 “acts on it at some risk”. Without evidence at most 2 counts; relationship trust halves while you are not in touch.",
        ),
    ),
    (
        Text("赢标准", "Win criteria"),
        Text(
            "结果是公司的、可度量的；赢是个人的、对一个人承诺的实现。每个角色六条标准，选“已识别”或“已满足”，写下个人的赢；须合情、合理、合法。",
            "A result is the company's and measurable; a win is one person's, a promise kept to that person. Six criteria a role: identified or met; write down the personal win, lawful and proper.",
        ),
    ),
    (
        Text("阶段", "Stages"),
        Text(
            "您申报一个阶段，十六条出口标准说明您实际走到哪里；两者不符就是一面红旗。",
            "You declare a stage; the sixteen exit criteria tell how far you have come. Where they differ, a flag is raised.",
        ),
    ),
    (
        Text("红旗与小铃铛", "Red flags and bells"),
        Text(
            "红旗是警告。在“行动”或“强项”里写上红旗代码（如 RF205）或人名，它就有人应对，变成灰色，扣分减半。",
            "A flag is a warning. Name its code (such as RF205) or the person in Actions or Strengths and it is answered: grey, and it costs half.",
        ),
    ),
    (
        Text("每周十分钟", "Ten minutes a week"),
        Text(
            "打开首页：先看两个最大的风险，再看三条下一步行动；更新最近接触、支持度和行动状态，把评估日改成今天。",
            "Open Home: the two worst risks, then the three next actions; bring last contact, support and action status up to date and set the day of judging to today.",
        ),
    ),
    (
        Text("没有安装函数时", "Without the functions"),
        Text(
            "没有安装 WARMAP 函数的电脑上，显示的是上次计算的结果，首页底部会说明；数字不会变成 0 或 #NAME?。",
            "On a computer without the WARMAP functions you see the last computed results, and Home says so at its foot; no figure turns into 0 or #NAME?.",
        ),
    ),
)
