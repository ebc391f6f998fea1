"""The words of the guide and of the legends: the method as users meet it while they fill in the workbook.

Every term on a picklist is explained by what can be observed; a test checks that none is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from warmap.terms import (
    BuyingRole,
    ContactFrequency,
    EvidenceGrade,
    Influence,
    NeedLevel,
    NeedState,
    OrgLevel,
    ResponseMode,
    Severity,
    SocialStyle,
    SpinType,
    Support,
    Term,
    TrustPillar,
    WinStatus,
)
from warmap.text import Text

RATING_ANCHORS = Text(
    "评分：0 已破裂 · 1 对方不认识我们 · 2 中性 · 3 偶有表现 · 4 曾对别人说起 · 5 愿冒一点风险为我们行动",
    "Ratings: 0 broken · 1 unknown to them · 2 neutral · 3 shown now and then · 4 has said so to others · 5 acts on it at some risk",
)
CAPS_LINE = Text(
    "您怎么知道？依据决定最多算几分：无 {none} · 我方推测 {guess} · 本人表态 {stated} · 书面或行为证实 {proven}",
    "How do you know? Evidence decides how much counts: none {none} · our guess {guess} · stated {stated} · proven {proven}",
)
COUNTED_LINE = Text(
    "。“5 → {guess}”：超出依据，只算 {guess} 分。", ". “5 → {guess}”: above its evidence, it counts as {guess}."
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


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the guide: title, introduction, and for each term what it means and how to recognize it."""

    title: Text
    words: Text
    terms: Mapping[Term, Text] = field(default_factory=dict)


GUIDE: tuple[Section, ...] = (
    Section(
        Text("先填哪里", "Where to begin"),
        Text(
            "深蓝标签页是您填的，青绿的是算出来的，棕色是设置与说明。新商机按这个顺序填，四十格以内就有用：\n① “商机”：标题带 * 的八格。\n② “关键人”：一人一行，先写姓名、职务、层级，知道谁担任什么角色就打 ✓，再写影响力、接触频度；支持度、依据和判断日期只在对方说过时填。其余各列以后再说。\n③ “需求”：写一两条问过的问题和对方的回答。“阶段”“信任”“赢标准”第二周再填。\n④ 回到“首页”：看两个最大的风险和“本周”要补的，点一下就到那一格。新的地图从接近 0 分开始：空白按 0 计，红旗还要带走一部分；第一周看红旗，不看健康度。",
            "Dark blue tabs are yours, green ones are computed, brown ones are settings and this guide. Fill in a new deal in this order; within forty cells it is useful:\n1. Deal: the eight cells marked *.\n2. People: one row a person: name, title, level, a tick ✓ for the roles you know of, influence, how often you meet; support, evidence and the day only if they told you. Leave every other column for later.\n3. Needs: one or two questions you asked, and the answers. Stages, Trust and Wins come in the second week.\n4. Back to Home: the two worst risks, and under “This week” what to bring up to date; a click leads to the cell. A new map starts near 0: blanks count 0 and flags cost points; in the first week read the flags, not health.",
        ),
    ),
    Section(
        Text("不知道就留空", "Leave blank what you do not know"),
        Text(
            "空白不是错误，而是提醒：它会变成“下一步该问什么”。不要为了好看而猜；要猜，就在依据里写“我方推测”；旁边没有依据格的（影响力、角色），在备注里写“听谁说的”。",
            "A blank is no mistake, it is a reminder: it becomes what to ask next. Do not guess for looks; if you guess, say under evidence that it is our guess; where no evidence cell stands beside it (influence, roles), write “heard from …” under Notes.",
        ),
    ),
    Section(
        Text("四类角色 CUTE（关键人表打 ✓，一人可兼几个）", "The four roles, CUTE (ticks on People; one person may hold several)"),
        Text("先问：这一单里，谁会为我们说话？谁用？谁能说不？谁最后签字？", "Ask: who would speak for us in this deal? Who uses it? Who can say no? Who signs in the end?"),
        {
            BuyingRole.COACH: Text(
                "渴望我们成功的内线。看得见的迹象：主动告诉我们内部的事、教我们怎么走下一步。只是“关系好”不算教练；最好是高层。",
                "An insider hungry for our success. You can tell: tells us unasked what goes on inside, and what to do next. Being friendly is not enough; best a senior person.",
            ),
            BuyingRole.USER: Text(
                "天天用产品、其工作因此变好或变坏的人，包括使用部门的负责人；教练自己也用，就打两个 ✓。迹象：说得出现在哪里不好用。",
                "Works with the product, or heads the department that does; the job gets better or worse by it. A coach who uses it is ticked twice. You can tell: can say what is wrong today.",
            ),
            BuyingRole.TECHNICAL: Text(
                "把规格、资质、法务或采购关的人：不能批准，但能否决。迹象：出技术要求、写评分表、做验证、写或评标书；只是传递文件的办事员不算。",
                "Guards specification, qualification, legal or purchasing matters: cannot say yes but can say no. You can tell: writes the requirements or the scoring sheet, runs the test, judges the bids; a clerk who passes papers on does not count.",
            ),
            BuyingRole.ECONOMIC: Text(
                "这一单最后说“行”、能动用这笔钱的人；不一定是总裁。迹象：别人都在等其签字，问的是回报和风险。能拦下来还不够：知道此人能动用这笔钱才打 ✓；只听说“过不了那一关”，就写影响力高，这里空着。",
                "Gives the final yes for this deal and can release this money; not always the president. You can tell: everybody waits for this signature, and the questions are about return and risk. A veto is not enough: tick only if you know this person releases the money; if you only heard that nothing passes against somebody, put influence High and leave this blank.",
            ),
        },
    ),
    Section(
        Text("影响力", "Influence"),
        Text("这个人能否左右这一次采购，不看职务高低。空白按低计。", "Can this person sway this purchase, whatever the title says? Blank counts as low."),
        {
            Influence.HIGH: Text("此人反对，这一单就过不去；或别人都照其意见办。", "The deal cannot go through against this person, or others follow this person's lead."),
            Influence.MEDIUM: Text("意见会被征求，也会被权衡。", "Is consulted, and the opinion carries weight."),
            Influence.LOW: Text("知道这件事，但不左右结果。", "Knows of it but does not sway the result."),
        },
    ),
    Section(
        Text("支持度（写明依据和判断日期）", "Support (with evidence and the day you judged)"),
        Text("对“我方方案”的态度，要有此人说过或做过的事；判断日期写那件事的日子，不是填表的日子。“希望我们成功”是另一件事：我们赢了，此人也得好处；可以是“是”而支持度仍空着。", "The attitude to our proposal, by what the person said or did about it; “judged on” is the day of that, not of typing. “Wants our success” is another matter: the person gains if we win; it may be Yes while support is still blank."),
        {
            Support.STRONG_SUPPORT: Text("在我们不在场时替我们说话或办事。", "Speaks or acts for us when we are not there."),
            Support.SUPPORT: Text("当面说过希望用我们。", "Has told us that ours is the one to have."),
            Support.NEUTRAL: Text("听得进各家，没有偏向。", "Listens to all, leans to none."),
            Support.OPPOSE: Text("说过更想用别家，或总在挑毛病。", "Has said a rival is preferred, or keeps finding fault."),
            Support.STRONG_OPPOSE: Text("在背后替别家说话，或明确要拦下我们。", "Speaks for a rival behind our back, or means to stop us."),
        },
    ),
    Section(
        Text("依据：您怎么知道？", "Evidence: how do you know?"),
        Text("依据只写客户一边说过、写过、做过什么，带日期。依据不够，评分只按上限算（上限在“设置”里）。", "Evidence is what the customer's side said, wrote or did, with a date. Without enough of it a rating counts only up to its cap (see Settings)."),
        {
            EvidenceGrade.NONE: Text("说不出来从哪里知道。", "Nobody can say where it comes from."),
            EvidenceGrade.GUESS: Text("我们自己推断的，或听第三者说的。", "Our own inference, or hearsay."),
            EvidenceGrade.STATED: Text("此人亲口对我们说的。", "This person said so to us."),
            EvidenceGrade.PROVEN: Text("写了下来，或做出来了：邮件、评分表、安排了会议。", "Written down or done: a mail, a scoring sheet, a meeting arranged."),
        },
    ),
    Section(Text("信任的四根支柱（从客户一边打 0–5 分）", "The four pillars of trust (rate 0–5 from the customer's side)"), RATING_ANCHORS, {
        TrustPillar.PROFESSIONAL: Text("我们的人守时、有准备、守口如瓶。看：会议记录、约定是否都兑现、是否放心让我们看自己的工作。", "Our people are on time, prepared, discreet. Look at: minutes, promises kept, whether they let us see how they work."),
        TrustPillar.EXPERTISE: Text("对方向我们请教，并照着做。看：方案里有没有我们的建议。", "They ask our advice and act on it. Look at: is our advice in their plan?"),
        TrustPillar.RELATIONSHIP: Text("接电话、回电话、不问也告诉我们消息。久不联系会逐渐减半。", "They answer, call back, share news unasked. It fades while you are out of touch."),
        TrustPillar.SINCERITY: Text("我们说到做到、坏消息自己先说，对方也这么讲。", "We keep promises and bring bad news ourselves, and they say so."),
    }),
    Section(
        Text("反馈模式：此人怎么看自己的现状", "Response mode: how this person sees today's situation"),
        Text("前两种愿意改变，先去找他们；后两种不觉得要改变，先帮他们看到差距。", "The first two want change: go to them first. The last two see no need: first let them see the gap."),
        {
            ResponseMode.GROWTH: Text("现状不错，还想更好：谈机会、谈增长。", "Doing well and wants more: talk about opportunities and growth."),
            ResponseMode.TROUBLE: Text("出了问题，急着找办法：谈怎样解决、多快。", "Something is wrong and a way out is wanted: talk about the fix, and how fast."),
            ResponseMode.EVEN_KEEL: Text("过得去，不想动：谈不变的代价，请别人影响。", "Content, wants no change: talk about what standing still costs; have others make the case."),
            ResponseMode.OVERCONFIDENT: Text("以为比实际好：用数字和同行的事实说话，别硬推。", "Thinks it better than it is: figures and peers' facts, no pushing."),
        },
    ),
    Section(
        Text("风格：怎样和此人打交道", "Style: how to deal with this person"),
        Text("“关键人”表姓名左边的“下一步建议”会照此说话。", "The suggested step left of each name on People follows it."),
        {
            SocialStyle.ANALYTICAL: Text("要数据、要逻辑：带数据和事实去。", "Wants data and logic: bring figures and facts."),
            SocialStyle.DRIVER: Text("要结果、要快：开门见山谈结果。", "Wants results, fast: come straight to the result."),
            SocialStyle.AMIABLE: Text("重人情：先谈人，再谈事。", "People matter: the person first, then the matter."),
            SocialStyle.INNOVATIVE: Text("爱新鲜：带一个新点子去。", "Likes the new: bring a new idea."),
        },
    ),
    Section(
        Text("层级与接触", "Level and contact"),
        Text("层级看在这家单位的位置，不看学历。岗位类别（高层管理者、分管领导……）以后再填。", "Level is the place in this organisation. The position class (senior executive, division head …) can wait."),
        {
            OrgLevel.DIRECTOR: Text("领导整个单位或进董事会。", "Runs the organisation or sits on its board."),
            OrgLevel.MANAGER: Text("负责一个部门。", "Heads a department."),
            OrgLevel.EXPERT: Text("专家、医生、工程师，不带部门。", "Specialist, doctor, engineer, without a department."),
            OrgLevel.OPERATOR: Text("在现场动手的人。", "Works hands-on."),
            OrgLevel.CLERK: Text("办公室办事的人。", "Office staff."),
            ContactFrequency.FREQUENT: Text("差不多每周都有来往。", "Something nearly every week."),
            ContactFrequency.OCCASIONAL: Text("每月一两次。", "Once or twice a month."),
            ContactFrequency.RARE: Text("更少。", "Less than that."),
            ContactFrequency.NEVER: Text("没见过，没通过话（空白按此计）。", "Never met nor spoken (a blank counts as this)."),
        },
    ),
    Section(
        Text("赢标准：结果是公司的，赢是个人的", "Win criteria: a result is the company's, a win is one person's"),
        Text("每个角色六条标准，在“赢标准”表逐条选。写下个人的赢（须合情、合理、合法）和可度量的结果。", "Six criteria a role, picked one by one on Wins. Write down the personal win (lawful and proper) and the measurable result."),
        {
            WinStatus.UNKNOWN: Text("还不知道此人在不在乎这一条（空白也算）。", "We do not know if this matters to the person (a blank is the same)."),
            WinStatus.IDENTIFIED: Text("知道在乎，也知道怎样算做到，还没做到。", "We know it matters and what would satisfy it, but it is not met yet."),
            WinStatus.MET: Text("此人认为我们已经做到了；写下依据。", "The person agrees that we meet it; write down the evidence."),
            WinStatus.NOT_APPLICABLE: Text("对这个人没有意义，不计分。", "Irrelevant to this person; not counted."),
        },
    ),
    Section(
        Text("阶段：申报一个，用十六条出口标准证明", "Stages: declare one, prove it by sixteen exit criteria"),
        Text("做到一条选“是”，写客户做了什么、哪一天；没有证据的勾只算“自称”，不算做到。有六条地图自己看得出来，旁边会写“看来做到了：确认一下”。前面有一条没做到，实际阶段就停在那里；申报高于实际、剩下的天数不够走完，都是红旗。", "Say yes to what is done, with what the customer did and when; a tick without evidence is only claimed and does not count. Six of them the map can see by itself: “looks done: confirm” stands beside these. One open criterion holds the stage earned there; declaring more than is earned raises a flag, and so does too little time for the stages left."),
    ),
    Section(
        Text("需求：SPIN 四种问题", "Needs: the four SPIN questions"),
        Text("一行一问一答。五个 W 两个 H（谁、什么、何时、何地、为何、如何、多少）问全了没有，计分板会列出。影响 × 把握 × 容易 ÷ 10 给出先后（ICE）。", "One row a question and its answer. The scoreboard lists which of who, what, when, where, why, how, how much nobody has asked. Impact × confidence × ease ÷ 10 gives the order (ICE)."),
        {
            SpinType.SITUATION: Text("现在怎么做？用什么？多少？", "How is it done today? With what? How much?"),
            SpinType.PROBLEM: Text("哪里不满意？什么总出错？", "What troubles you? What keeps going wrong?"),
            SpinType.IMPLICATION: Text("这个问题会带来什么后果？值多少钱？", "What does that lead to? What does it cost?"),
            SpinType.NEED_PAYOFF: Text("如果解决了，对您和公司有什么好处？", "If it were solved, what would you and the company gain?"),
            NeedState.IMPLICIT: Text("隐藏性：只是抱怨，没说要变成怎样；立了项也不等于明确。", "Implicit: a complaint, without saying what should be different; a project under way does not make it explicit."),
            NeedState.EXPLICIT: Text("明确性：说了要变成怎样。", "Explicit: has said what it should be like instead."),
            NeedLevel.FINANCE: Text("问题落在钱上：成本、现金、回报。", "The problem sits in money: cost, cash, return."),
            NeedLevel.CUSTOMER: Text("落在客户的客户身上：流失、投诉。", "In the customer's customers: lost ones, complaints."),
            NeedLevel.MARKETING: Text("落在市场上：份额、价格、新品。", "In the market: share, prices, new products."),
            NeedLevel.PROCESS: Text("落在流程里：慢、错、返工。", "In the way work is done: slow, wrong, done twice."),
            NeedLevel.MANAGEMENT: Text("落在管理上：看不清、管不住、没人手。", "In management: no overview, no control, too few people."),
        },
    ),
    Section(
        Text("竞争、强项、SWOT", "Competition, strengths, SWOT"),
        Text("写客户的选型标准和权重，给我方和每个对手打 0–5 分；第一个对手永远是“维持现状”。领先 1 分以上是差异点，落后 1 分以上是差距。“强项”里写明它化解哪面红旗或哪个人。", "The customer's own criteria and weights; score us and every rival 0–5; the first rival is always “do nothing”. Ahead by 1 or more is a differentiator, behind by as much a gap. Say of each strength which flag or person it answers."),
    ),
    Section(
        Text("异议四步与谈判", "Objections in four steps, and negotiation"),
        Text("异议：听完 → 问清 → 复述 → 回答并拿出证明（客户案例或第三方数字），四步都打“是”再写关闭日期。谈判前：开价 ≥ 目标 ≥ 底价，双方的备选方案，每个让步换来什么，感受。", "Objections: listen → clarify → restate → answer with proof (a customer's case or a third party's figure); close when all four are yes. Before negotiating: opening ≥ target ≥ walk-away, both sides' alternatives, what each concession gets in return, feelings."),
    ),
    Section(
        Text("红旗，和应对它的强项、行动", "Red flags, and the strengths and actions that answer them"),
        Text("红旗是警告，也是清障的工具。在“行动”的“针对”或“强项”的“化解”里写上红旗代码（如 RF205），这个代码的红旗就都有人应对：变灰，带走的减半；代码和人名一起写，只应对这些人的；只写人名，应对的是此人最重的一面。", "A flag is a warning and a tool. Name its code (such as RF205) under “About” in Actions or “Answers” in Strengths and every flag of that code is answered: grey, and it costs half. A code with names answers only the flags about these people; a name alone the heaviest flag about that person."),
        {
            Severity.CRITICAL: Text("不解决，这一单多半会输。", "Left unsolved, it most likely costs us the deal."),
            Severity.MAJOR: Text("本周就要安排应对。", "Plan an answer this week."),
            Severity.MINOR: Text("提醒，顺手补上。", "A reminder; fix it as you go."),
        },
    ),
    Section(
        Text("关系图、找人的路、历史", "The map of relationships, the way to a person, the history"),
        Text("“关系图”按“汇报给”画出上下级，旁边写各人的角色、态度、依据、多久没联系、有什么红旗；没人担任的角色和只听说过名字的上级是空着的位置。没见过的人，从哪位支持者经过谁能见到，写在红旗的“怎么找到人”里（按“汇报给”和“听谁的”）。“历史”列出每次提交时的得分，和那以后改了什么；靠删掉一个人、一条异议得来的上升会标出来。", "Relationship map draws who reports to whom, with each person's roles, attitude, evidence, days since contact and flags; a role nobody holds and a superior known by name only are empty seats. For somebody you never met, “Route” on Red flags says from which supporter by way of whom (over Reports to and Influenced by). Deal history lists the scores of every submission and what changed since; a rise that comes from deleting a person or an objection is marked."),
    ),
    Section(
        Text("每周十分钟", "Ten minutes a week"),
        Text("① “商机”里把评估日改成今天。② 看“首页”的“本周”，逐条点过去：补最近接触、支持度和判断日期、行动状态、拜访结果。③ 看两个最大的风险：给每一面没人应对的红旗写一条行动（谁、哪天之前）。④ 看“检查”，没有严重和重要的问题再提交。其他什么都不用改。", "1. Set the day of judging on Deal to today. 2. Go down “This week” on Home, click by click: last contact, support and the day you judged it, action status, results of visits. 3. Read the two worst risks: for each flag nobody answers write one action (who, by when). 4. Look at Check; submit when nothing critical or major is left. Nothing else need be touched."),
    ),
    Section(
        Text("数字怎么看", "How to read the figures"),
        Text("健康度说这一单（≥ 70 绿，≥ 40 黄，其余红；资料不到一半不上色，写“资料不足”），计划质量说这份计划。先有各项得分的加权平均（红旗之前），每面红旗再按比例带走一点，所以解决或应对任何一面，健康度都会上升。未评估按 0 计入健康度，旁边写着已评估了几成；“计分板”逐项说明为什么，健康度丢的每一分都列出来，合计正好等于 100 减健康度。平均数会盖住要命的一环，所以最弱一环永远写在旁边。", "Health is about the deal (green from 70, amber from 40, else red; “incomplete” while less than half is known), plan quality about the plan. Health begins with the weighted mean of the scores (“before red flags”), and each flag takes a share of what is left: clearing or answering any of them raises it. What is not assessed counts 0 in health, and the share assessed stands beside it; the scoreboard tells why for each score, and where every lost point of health went, adding up exactly to 100 − health. An average hides the killer, so the weakest link always stands beside it."),
    ),
    Section(
        Text("没有安装函数时", "Without the functions"),
        Text("没有安装 WARMAP 函数的电脑上，显示的是上次计算的结果，首页底部会说明；数字不会变成 0 或 #NAME?。改了内容以后，要在装有函数的电脑上打开，或运行 warmap evaluate 看新的结果；新的空模板里显示的是空模板的结果。", "On a computer without the WARMAP functions you see the last computed results, and Home says so at its foot; no figure turns into 0 or #NAME?. After you change entries, open the file where the functions are, or run warmap evaluate; in a new, empty template what you see are the results of an empty map."),
    ),
)  # fmt: skip

EXAMPLE_PEOPLE = {
    "user": Text("任可为", "Ren Kewei"), "coach": Text("苗青", "Miao Qing"), "head": Text("尹德昌", "Yin Dechang"),
}  # fmt: skip
EXAMPLE_TITLE = Text(
    "一个做完的例子：医院的磁共振更新（四十格）", "A worked example: a hospital replaces its MRI scanner (forty cells)"
)
EXAMPLE: tuple[tuple[Text, Text], ...] = (
    (Text("我们知道的", "What we know"), Text(
        "放射科主任{user}想换：影响力高，亲口说过支持，时常见面。技师长{coach}盼着我们成功，常来往。还听说过院长{head}，没见过。一单 1450 万元，12 月 25 日前签，刚在“需求识别”。",
        "{user}, head of radiology, wants a new scanner: high influence, has said so, met now and then. {coach}, the chief technologist, wants us to win and is met often. We have heard of the president, {head}, but have never met. CNY 14.5 million, to be signed by 25 December; only at need identification.",
    )),
    (Text("怎么填", "How it is entered"), Text(
        "“商机”八格加目标。“关键人”五行，要紧的三行是：{user} ✓用户、高、支持、本人表态、判断日期；{coach} ✓教练、经常、希望我们成功“是”；{head} 只填董事/高层、影响力高，其余留空。“需求”一行：问题、回答。别的表都还空着。",
        "Deal: the eight cells and the objective. People, five rows, of which three matter here: {user} ✓ User, high, support, stated, the day; {coach} ✓ Coach, frequent, wants our success: yes; {head}: director and high influence only, the rest blank. Needs: one row, a question and its answer. Every other sheet is still empty.",
    )),
    (Text("它说什么", "What it says"), Text(
        "RF201：没有关键决策者，先问教练谁能动用这笔钱。RF203：没有技术把关者。RF103：教练不够高层，消息会薄，但不要越过教练。RF303、RF304：院长影响力高，我们却没接触过，也没有对应的人；见过面，再问态度。RF703：还没有写下能化解这些的强项。",
        "RF201: no economic decision maker; ask the coach whose signature releases the money. RF203: no technical gatekeeper. RF103: the coach is not senior, so information will be thin; do not go over the coach's head. RF303, RF304: the president has high influence, but we have not met, and nobody on our side is named as counterpart; find out the attitude once you have met. RF703: no strength is written down that would answer any of it.",
    )),
    (Text("这一周做什么", "What to do this week"), Text(
        "在“行动”里写：问{coach}这笔钱最后由谁签字（针对 RF201，责任人、到期日）。这面旗就变灰，扣减减半。如果是院长，就由我方领导出面约第一次见面；见过以后，给院长打 ✓关键决策者，写接触频度和最近接触，RF201 和 RF303 自己消失。",
        "Write under Actions: ask {coach} whose signature releases the money (about RF201, owner, due date). The flag turns grey and costs half. If it is the president, have one of our executives get the first meeting. Once you have met, tick Economic decision maker for the president, fill in how often and when you were last in touch, and RF201 and RF303 go by themselves.",
    )),
)  # fmt: skip
