"""The deal itself."""

from typing import Annotated, ClassVar

from pydantic import StringConstraints

from warmap.model.columns import Column
from warmap.model.types import About, Amount, Day, Record, Words
from warmap.terms import ProcurementStage
from warmap.text import Text

Currency = Annotated[str | None, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Deal(Record):
    """One opportunity at one account: what is sold, for how much, by when, and the date it is judged at."""

    ABOUT: ClassVar[About] = About(
        "deal",
        Text("商机", "Deal"),
        Text("一份作战地图 = 一个客户的一个商机", "One war map = one opportunity at one account"),
    )

    account: Annotated[
        Words, Column("客户", "Account", Text("客户公司全称", "The customer's full company name"), 40, required=True)
    ] = None
    opportunity: Annotated[
        Words, Column("商机名称", "Opportunity", Text("这一单的名字", "What this deal is called"), 40, required=True)
    ] = None
    objective: Annotated[
        Words,
        Column(
            "单一销售目标", "Single sales objective",
            Text("卖什么、多少、何时成交，一句话", "What, how much, by when, in one sentence"), 40, multiline=True,
        ),
    ] = None  # fmt: skip
    amount: Annotated[
        Amount, Column("金额", "Amount", Text("合同金额，大于 0", "Contract amount, above 0"), 40, required=True)
    ] = None
    currency: Annotated[
        Currency,
        Column(
            "币种", "Currency", Text("三个大写字母，例如 CNY", "Three capital letters, such as CNY"), 40, required=True
        ),
    ] = None
    close_date: Annotated[
        Day, Column("预计成交日", "Close date", Text("预计签约的日期", "The day you expect to sign"), 40, required=True)
    ] = None
    stage: Annotated[
        ProcurementStage | None,
        Column(
            "申报阶段", "Declared stage",
            Text("您认为客户走到了哪个采购阶段", "The purchasing stage you say the customer is in"), 40, required=True,
        ),
    ] = None  # fmt: skip
    stage_since: Annotated[
        Day, Column("进入该阶段日期", "In this stage since", Text("进入申报阶段的日期", "The day the stage began"), 40)
    ] = None
    owner: Annotated[
        Words, Column("负责销售", "Rep", Text("负责这一单的销售", "The rep who owns the deal"), 40, required=True)
    ] = None
    team: Annotated[Words, Column("团队", "Team", Text("销售团队或区域", "Sales team or region"), 40)] = None
    quoted_on: Annotated[
        Day,
        Column("首次报价日", "First quoted on", Text("第一次报出价格的日期", "The day the price was first given"), 40),
    ] = None
    as_of: Annotated[
        Day,
        Column(
            "评估日", "Judged as of",
            Text("按哪一天来判断；所有时效都以此日为准", "The day the map is judged at; every age counts from it"), 40,
            required=True,
        ),
    ] = None  # fmt: skip
    our_win: Annotated[
        Words,
        Column(
            "我方的赢", "Our win",
            Text("对我方来说赢意味着什么", "What winning means to us"), 40, multiline=True,
        ),
    ] = None  # fmt: skip
