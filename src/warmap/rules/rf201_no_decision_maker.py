"""RF201: we do not know who has the last word."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.role_coverage import holders
from warmap.terms import BuyingRole, Severity
from warmap.text import Text


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when no active contact holds economic."""
    if not holders(assessment, BuyingRole.ECONOMIC):
        yield Raised(BuyingRole.ECONOMIC.value)


RULE = Rule(
    code="RF201",
    name="no-decision-maker",
    severity=Severity.CRITICAL,
    title=Text("没有关键决策者", "No economic decision maker"),
    message=Text(
        "在职的联系人中，没有人被标为关键决策者。", "Nobody in post is marked as the economic decision maker."
    ),
    why=Text(
        "最终拍板的是关键决策者；其他人都赞成，只要这个人不同意，这一单多半还是会输。",
        "The economic decision maker has the last word: with everyone else in favour, this one no usually loses the deal.",
    ),
    remedy=Text(
        "{by}向{source}问清：这笔钱最后由谁签字？把此人写进“关键人”表，勾选“关键决策者”。",
        "Ask {source} {by} whose signature releases the money. Put that person on the People sheet and tick “Economic decision maker”.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={"contacts": [{"name": "王卫东", "buying_roles": []}]},
    good={"contacts": [{"name": "王卫东", "buying_roles": ["economic"]}]},
)
