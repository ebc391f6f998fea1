"""Who wins: we and the customer, one of us, or nobody."""

from collections.abc import Iterator

from warmap.scores.assessment import Assessment
from warmap.scores.score import Kind, Score, listed
from warmap.scores.win import why as why_win
from warmap.scores.win import win
from warmap.terms import Quadrant
from warmap.text import Text, is_blank, percent

CUSTOMER_WINS = Text("客户赢：赢标准 {win}，达到 {limit}。", "The customer wins: win score {win}, at least {limit}.")
CUSTOMER_LOSES = Text("客户输：赢标准 {win}，不到 {limit}。", "The customer loses: win score {win}, below {limit}.")
WE_WIN = Text(
    "我方赢：写明了我方的赢，目标价不低于底价。",
    "We win: our win is stated and the target price is not below walk-away.",
)
WE_LOSE = Text("我方输：{missing}。", "We lose: {missing}.")
NO_OUR_WIN = Text("没有写明我方的赢", "our win is not stated")
NO_TARGET = Text("没有目标价", "there is no target price")
TARGET_BELOW = Text("目标价低于底价", "the target price is below walk-away")


def _lacking(assessment: Assessment) -> list[Text]:
    """Why we do not win; nothing where we do."""
    target, walk_away = assessment.map.negotiation.target_price, assessment.map.negotiation.walk_away_price
    lacking = [NO_OUR_WIN] if is_blank(assessment.map.deal.our_win) else []
    lacking += [NO_TARGET] if target is None else []
    is_below = target is not None and walk_away is not None and target < walk_away
    return lacking or ([TARGET_BELOW] if is_below else [])


def _customer_wins(score: float, assessment: Assessment) -> bool:
    return round(score, 9) >= assessment.settings.customer_wins_from


def quadrant(assessment: Assessment) -> Quadrant | None:
    """Who wins, ours first (001); not assessed while nothing is known of the customer's wins."""
    score = win(assessment)
    if score is None:
        return None
    if _lacking(assessment):
        return Quadrant.LOSE_WIN if _customer_wins(score, assessment) else Quadrant.LOSE_LOSE
    return Quadrant.WIN_WIN if _customer_wins(score, assessment) else Quadrant.WIN_LOSE


def why(assessment: Assessment) -> Iterator[Text]:
    """What makes us win or lose, and the customer."""
    score = win(assessment)
    if score is None:
        yield from why_win(assessment)
        return
    lacking = _lacking(assessment)
    yield WE_LOSE.filled(missing=listed(lacking)) if lacking else WE_WIN
    theirs = CUSTOMER_WINS if _customer_wins(score, assessment) else CUSTOMER_LOSES
    yield theirs.filled(win=percent(score), limit=percent(assessment.settings.customer_wins_from))


SCORE = Score(
    code="quadrant",
    place=150,
    name=Text("输赢格局", "Who wins"),
    unit=Text("", ""),
    help=Text("这一单谁赢谁输，我方在前", "Who wins and who loses by this deal, ours first"),
    formula=Text(
        "赢标准达到界限，客户就赢；写明了我方的赢，且目标价不低于底价，我方就赢。",
        "The customer wins where the win score reaches its limit; we win where our win is stated and the target price is given and not below walk-away.",
    ),
    kind=Kind.WORD,
    compute=quadrant,
    why=why,
    terms=Quadrant,
)
