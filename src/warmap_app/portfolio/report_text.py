"""What a portfolio says, declared once for the terminal, the workbook and the page: heads, cards, notes."""

from warmap import periods
from warmap.text import Text

TITLE = Text("商机组合", "Deal portfolio")
OVERVIEW, DEALS, RISKS = Text("总览", "Overview"), Text("商机", "Deals"), Text("风险", "Risks")
ROWS_SHOWN = Text("第 {first}–{last} 行，共 {all} 行", "{first}–{last} of {all}")
NOT_COUNTED = Text("未计入", "Not counted")
BY = {
    "team": Text("按团队", "By team"),
    "rep": Text("按销售", "By rep"),
    "stage": Text("按阶段", "By stage"),
    "band": Text("按健康度", "By band"),
}
BY_PERIOD = {
    "month": {
        "all": Text("按月", "By month"),
        "team": Text("团队按月", "Teams by month"),
        "rep": Text("销售按月", "Reps by month"),
    },
    "quarter": {
        "all": Text("按季度", "By quarter"),
        "team": Text("团队按季度", "Teams by quarter"),
        "rep": Text("销售按季度", "Reps by quarter"),
    },
}
PERIOD = Text("期间", "Period")
STATED = Text("原币金额", "Amount as stated")
PERIOD_NAMES = {  # none has the four letters of a year
    periods.EARLIER: Text("往年", "Earlier years"),
    periods.OVERDUE: Text("已过期", "Overdue"),
    periods.LATER: Text("再往后", "Later"),
    periods.UNDATED: Text("没有成交日", "No date"),
}
OPTIMISM, REVIEWS = Text("复核差距", "Optimism"), Text("复核数", "Reviews")
OPTIMISM_GAP = Text("平均差距（销售 − 复核，百分制）", "Mean gap (rep − reviewer, of 100)")
TOO_FEW = Text("太少", "too few")
BLANK = Text("（未填）", "(blank)")

CURRENCY = Text("币种", "Currency")
COUNT = Text("商机数", "Deals")
AMOUNT = Text("金额", "Amount")
NOT_PASSED = Text("其中未通过", "Of it not passed")
CLAIMED = Text("申报", "Claimed")
STAGE_STEP = Text("阶段未达", "Stage not earned")
HEALTH_STEP, NEEDED = Text("健康度折减", "Health discount"), Text("需补商机额", "Needed pipeline")
ADJUSTED = Text("调整后", "Adjusted")
WON = Text("已赢单", "Won")
WON_AND_ADJUSTED = Text("已赢单 + 调整后", "Won + adjusted")
CLOSED = Text("已结束", "Closed")
OUTCOME, OUTCOME_ON, OUTCOME_REASON = Text("结局", "Outcome"), Text("结局日期", "Outcome on"), Text("原因", "Reason")
SIGNED = Text("合同已签（按赢单计）", "contract signed (counts as won)")
CLAIMED_GAP = Text("缺口（按申报）", "Gap by claims")
QUOTA = Text("指标", "Quota")
GAP = Text("缺口", "Gap")
CRITICAL, MAJOR = Text("未应对的严重红旗", "Open critical flags"), Text("未应对的重要红旗", "Open major flags")

DEAL = Text("商机", "Deal")
ACCOUNT, OPPORTUNITY = Text("客户", "Account"), Text("商机名称", "Opportunity")
REP, TEAM = Text("负责销售", "Rep"), Text("团队", "Team")
DECLARED, EARNED = Text("申报阶段", "Stage claimed"), Text("实际阶段", "Stage earned")
CLOSE_DATE, FLAG_OPEN = Text("预计成交日", "Close date"), Text("未应对的红旗", "open red flag")
WEAKEST, PLAN_QUALITY = Text("最弱一环", "Weakest link"), Text("计划质量", "Plan quality")
AS_OF = Text("评估日", "Judged as of")
HEALTH, BAND = Text("健康度", "Health"), Text("分档", "Band")
WORST_FLAG = Text("最重的未应对红旗", "Worst open flag")
FILE, REMEDY = Text("文件", "File"), Text("怎么办", "Remedy")
OF_CURRENCY = Text("{currency} · {count} 个商机", "{currency} · deals: {count}")
TOTAL = Text("合计 {currency}", "Total {currency}")
WEIGHTED_HEALTH, CHECKED = Text("健康度（按金额加权）", "Health (by amount)"), Text("通过检查", "Check passed")
YES_SIGN, NO_SIGN, ADJUSTED_BEFORE = Text("✓ 是", "✓ yes"), Text("✗ 否", "✗ no"), Text("上次调整后", "Adjusted before")
NO_QUOTA = Text("没有给出指标", "no quota given")
QUOTA_MISSING = Text("指标（未给出）", "Quota (none given)")
TYPE_QUOTA = Text("在此填写或修改", "type or change it here")
NOTHING_CONVERTS = Text("没有转化", "nothing converts")

COUNTED = Text(
    "读取 {files} 份文件，计入 {deals} 个商机；未计入 {left} 份（见“未计入”）。",
    "Files read: {files}. Deals counted: {deals}. Files not counted: {left} (see “Not counted”).",
)
ALL_COUNTED = Text(
    "读取 {files} 份文件，计入 {deals} 个商机；没有遗漏。",
    "Files read: {files}. Deals counted: {deals}. None left out.",
)
CONVERTED = Text(
    "其他币种的金额按给出的汇率换算：{rates}；以前各天也用同样的汇率。",
    "Amounts in other currencies were converted at the given rates: {rates}; earlier days at the same ones.",
)
PERIODS_FROM = Text(
    "期间从 {day} 看：预计成交日在这之前的进行中商机算已过期，不在本年之内。",
    "Periods as seen on {day}: open deals with a close date before it are overdue and not part of this year.",
)
ONE_DAY = Text("评估日 {first}。", "Judged as of {first}.")
DAYS = Text("评估日从 {first} 到 {last}。", "Judged as of {first} to {last}.")
NO_DAY = Text(
    "{count} 个商机没有评估日，时效规则未判断。",
    "Deals without an as-of date: {count}; their rules about age were not judged.",
)
OF_IT_NOT_PASSED = Text(
    "{currency}：金额 {amount} 中有 {not_passed} 来自未通过检查的文件（申报 {claimed} 中的 {claimed_not_passed}，调整后 {adjusted} 中的 {adjusted_not_passed}，已赢单 {won} 中的 {won_not_passed}）。",
    "{currency}: of the amount of {amount}, {not_passed} comes from files that did not pass the check (of claimed {claimed}: "
    "{claimed_not_passed}; of adjusted {adjusted}: {adjusted_not_passed}; of won {won}: {won_not_passed}).",
)
LEFT_PIPELINE = Text(
    "已离开漏斗（见“已结束”）：赢单 {won}，丢单 {lost}，客户搁置 {no_decision}。",
    "Deals that have left the pipeline (see “Closed”): won {won}, lost {lost}, no decision {no_decision}.",
)
NOT_TAKEN = Text(
    "没有取用 {count} 个文件或文件夹，列在“未计入”。",
    "Files and folders that were not taken: {count}, listed under “Not counted”.",
)
NOT_HANDED_IN = Text(
    "名单上有 {count} 个没有交来，列在“未计入”。",
    "On the roster and not handed in: {count}, listed under “Not counted”.",
)
RENAMED = Text(
    "有 {count} 个商机后来换了名称，各按新名称计一次，列在“未计入”。",
    "Deals that go on under another name, counted once under that: {count}, listed under “Not counted”.",
)
DID_NOT_PASS = Text(
    "计入的商机中有 {count} 个未通过提交检查，数字可能会变（运行 warmap check）。",
    "Deals counted that did not pass the check: {count}; their figures may change (run warmap check).",
)
OWN_ODDS = Text(
    "{count} 份工作簿自带不同的阶段概率；这里对所有商机用同一组概率（用 --settings 改）。",
    "Workbooks with stage probabilities of their own: {count}; one set is used here for all (change it with --settings).",
)
GAINED = Text(
    "▲ 上次快照以来，健康度靠删去内容升高的商机：{names}。逐条看 warmap diff 或“历史”表。",
    "▲ Deals whose health rose by removing something since the last snapshot: {names}. Line by line: warmap diff, or the sheet Deal history.",
)
GAINED_BY = Text("{name}（+{points} 分）", "{name} (+{points} points)")
OTHER_CURRENCIES = Text(
    "各币种分别计算，从不相加。", "Each currency stands alone; currencies are never added together."
)
WORST = Text("健康度最低的商机", "Deals with the lowest health")
HOW = Text("怎么算的", "How it is computed")
HOW_LINES = (
    Text(
        "申报 = 金额 × 申报阶段的概率。阶段未达：换成实际阶段（不高于申报）的概率。健康度折减：再 × 健康度 ÷ 100。余下即调整后。",
        "Claimed = amount × probability of the stage claimed. Stage not earned: the probability of the stage earned "
        "(never above the claimed one) instead. Health discount: × health ÷ 100. What is left is adjusted.",
    ),
    Text(
        "结局为赢单的商机，以及仍在进行但合同已签的，按金额计入已赢单；丢单和客户搁置的不再计入。它们都不在漏斗里。"
        "缺口 = 指标 − 已赢单 − 调整后；按申报的缺口用申报代替调整后。需补商机额 = 缺口 ÷（调整后 ÷ 漏斗总金额）。",
        "Won is the amount of deals whose outcome is won, and of open ones with the contract signed; lost and shelved deals "
        "no longer count. None of these is in the pipeline. Gap = quota − won − adjusted; if all claims came true, claimed "
        "takes the place of adjusted. Needed pipeline = gap ÷ (adjusted ÷ amount of the pipeline).",
    ),
    Text(
        "每个商机的每个数字只舍入一次（到币种最小单位，四舍六入五成双），合计是这些数字之和，因此分毫不差。",
        "Each figure of a deal is rounded once, half to even, to the currency's minor unit; totals are sums of those "
        "figures, so everything adds up to the cent.",
    ),
)
ODDS = Text("阶段概率：{odds}。", "Stage probabilities: {odds}.")
WEIGHTED_NOTE = Text("健康度两列：简单平均与按金额加权。", "Health twice: the plain mean, and weighted by amount.")
ADDS_UP = Text("✓ 申报 + 阶段未达 + 健康度折减 = 调整后", "✓ claimed + stage not earned + health discount = adjusted")
DOES_NOT_ADD_UP = Text("✗ 各项相加不等于调整后", "✗ the steps do not add up to adjusted")
OF_CLAIMED = Text("占申报 ", "of claimed: ")
IF_CLAIMED = Text("按申报 ", "by claims: ")
AT_RATE = Text("转化率 ", "at a rate of ")
WON_DEALS = Text("赢单数 ", "deals: ")
AMOUNT_IS = Text("总金额 ", "amount ")
BRIDGE_TITLE = Text("从申报到调整后（{unit}）", "From claimed to adjusted ({unit})")
FUNNEL_TITLE = Text("各阶段的漏斗（{unit}）", "Funnel by stage ({unit})")
ROLLUP_TITLE = Text("{by}：申报与调整后（{unit}）", "{by}: claimed and adjusted ({unit})")
MORE = Text("… 还有 {more} 条，见“{sheet}”", "… {more} more, see “{sheet}”")
TREND, SINCE = Text("走势", "Trend"), Text("变化", "Changes")
DAY_BEFORE = Text("上次评估日", "Day before")
HEALTH_MOVED, ADJUSTED_MOVED = Text("健康度变化", "Health change"), Text("调整后变化", "Adjusted change")
TREND_TITLE = Text("申报与调整后的走势（{unit}）", "Claimed and adjusted over time ({unit})")
FIRST_TIME = Text("第一次存入", "stored for the first time")
UNDATED = Text("没有评估日", "no as-of date")
OTHER_SETTINGS = Text("上次用的是另一组设置", "judged with other settings then")
OTHER_CURRENCY = Text("上次是另一种币种", "in another currency then")
JUDGED_OTHERWISE = Text(
    "{count} 个商机上次是用另一组设置评的，变化里有设置的影响。",
    "Deals judged with other settings on the day before: {count}; part of their change is due to the settings.",
)
FROM_STORE = Text("每个商机取 {store} 里最近的一份地图。", "Each deal counts with its newest map in {store}.")
NO_TREND = Text("没有带评估日的商机，看不出走势。", "No deal has an as-of date, so there is no trend.")
MOVES, STEPS = Text("变动", "Moves"), Text("变动明细", "Moves by deal")
MOVES_BY = {"team": Text("团队变动", "Moves by team"), "rep": Text("销售变动", "Moves by rep")}
MOVE, NOW_ROW, BEFORE, AFTER, REMARK = (
    Text("变动", "Move"), Text("现在", "Now"), Text("原来", "Before"), Text("后来", "After"), Text("说明", "Remark"),
)  # fmt: skip
CHANGED = Text("变化", "Change")
ADDED_UP = Text("相加相等", "Adds up")
ALL_OF_THEM, FIGURE = Text("合计", "Total"), Text("数字", "Figure")
AGED, FOOTING = Text("未交与陈旧", "Missing or old"), Text("数字的依据", "What it stands on")
WHAT, AGE = Text("情况", "What"), Text("天数", "Days")
ANY_DOUBT, NO_DOUBT = Text("有以上任一情况", "Any of these"), Text("没有以上情况", "None of these")
DOUBTS, LAST_MAP = Text("存疑", "Doubts"), Text("最近的地图", "Last map")
SINCE_DAY = Text(
    "变动：从地图库里 {day} 的数字到现在；每个商机取到那天为止最近的一份地图。",
    "Moves: from the figures of {day} in the store to those of today; of each deal the newest map by then.",
)
RESTATED = Text(
    "▲ {day} 的数字后来改动过：有 {count} 个商机，那天或更早的地图是在以后日期的地图之后才存入的（调整后，当时与现在）：{names}。",
    "▲ The figures of {day} were restated: of {count} deals a map for that day or before was kept after maps of later days "
    "(adjusted, as known then and as kept now): {names}.",
)
RESTATED_FROM = Text("{name}（{before}，现为 {after}）", "{name} ({before}, now {after})")
REJUDGED = Text(
    "▲ {day} 有 {count} 个商机用的是另一组设置或另一版程序，已按今天的重评，差额单列：{names}。",
    "▲ Deals judged by other settings or another version of the program on {day}: {count}. They were judged anew as today, and "
    "the difference stands apart: {names}.",
)
UNJUDGED = Text(
    "▲ 其中 {count} 个的地图读不出来，没有重评，变动里有设置的影响：{names}。",
    "▲ Of these, deals whose map cannot be read: {count}. They were not judged anew, so part of their change is due to the "
    "settings: {names}.",
)
MISSING_DEALS = Text(
    "地图库里有 {count} 个商机这次没有交来，不在任何数字里，列在“未交与陈旧”。",
    "Deals of the store that were not handed in: {count}; they are in none of the figures, see “Missing or old”.",
)
OLD_MAPS = Text(
    "计入的商机中有 {count} 个的地图评估于 {days} 天以前，或没有评估日（见“未交与陈旧”）。",
    "Deals counted whose map was judged more than {days} days ago, or says no day: {count} (see “Missing or old”).",
)
WITHOUT = Text(
    "按 --without 不计入 {count} 个商机，列在“未计入”；变动的两头都不含它们。",
    "Deals left out by --without: {count}, listed under “Not counted”; the moves leave them out at both ends.",
)
PORTFOLIO_PURPOSE = {
    "optimism": Text(
        "每位销售的得分平均比复核人高几分；不足 5 次复核只写“太少”",
        "By how many points each rep’s figures are above the reviewer’s, on average; below 5 reviews it says too few",
    ),
    "moves": Text(
        "每种币种从那天的数字到现在，逐项相加，分毫不差；各项是“变动明细”的合计",
        "For each currency from the figures of the day to those of today, to the cent; each line sums up “Moves by deal”",
    ),
    **dict.fromkeys(
        ("moves_team", "moves_rep"),
        Text("申报和调整后，各项变动是“变动明细”的合计", "Claimed and adjusted; each move sums up “Moves by deal”"),
    ),
    "steps": Text(
        "每个商机的每项变动：进出漏斗整笔算，留在漏斗里的按币种、金额、申报阶段、实际阶段、健康度的次序拆开",
        "Every move of every deal: into or out of the pipeline as a whole; one that stays is taken apart by currency, amount, "
        "stage claimed, stage earned, health, in this order",
    ),
    "footing": Text(
        "各项数字里有多少来自存疑的商机；一个商机可以有几种情况，“有以上任一情况”只算一次",
        "How much of each figure comes from doubtful deals; a deal may have several doubts, “Any of these” counts it once",
    ),
    "aged": Text(
        "没有交来的不在任何数字里，金额是按最近一份地图；评估已久的计入数字",
        "What was not handed in is in no figure, its money is by its last map; what was judged long ago counts",
    ),
    **dict.fromkeys(
        ("periods_all", "periods_team", "periods_rep"),
        Text(
            "进行中的按预计成交日，已赢的按结局日期；年的一行是各期之和，指标来自指标文件",
            "Open deals by close date, won ones by the day of the outcome; a year is the sum of its rows; quotas from the file",
        ),
    ),
    "deals": Text(
        "漏斗里的商机，每个一行；下面的合计都是公式", "The pipeline, one row a deal; the totals below are formulas"
    ),
    "closed": Text(
        "已赢、已丢和被搁置的商机，以及原因；只有赢单计入已赢单",
        "Deals won, lost and shelved, and why; only those won count, as won",
    ),
    "risks": Text(
        "每个商机最重的两面未应对红旗，健康度最低的在前", "The two worst open flags of each deal, lowest health first"
    ),
    "left": Text("这些文件没有计入任何数字，以及原因", "These files are in none of the figures, and why"),
    "trend": Text(
        "每一天，各商机以当时最近的一份地图计；没有评估日的商机不在其中",
        "On each day every deal counts with its newest map by then; deals without an as-of date are left out",
    ),
    "since": Text(
        "每个商机与它上一个评估日相比，健康度降得最多的在前",
        "Each deal since its day before, the largest loss of health first",
    ),
}
