"""RF203: we do not know who judges the technical side."""

from collections.abc import Iterator

from warmap.rules.rule import Raised, Rule
from warmap.scores.assessment import Assessment
from warmap.scores.role_coverage import holders
from warmap.terms import BuyingRole, Severity
from warmap.text import Text


def check(assessment: Assessment) -> Iterator[Raised]:
    """Raise once when no active contact holds technical."""
    if not holders(assessment, BuyingRole.TECHNICAL):
        yield Raised(BuyingRole.TECHNICAL.value)


RULE = Rule(
    code="RF203",
    name="no-technical-gatekeeper",
    severity=Severity.MAJOR,
    title=Text("没有技术把关者", "No technical gatekeeper"),
    message=Text("在职的联系人中，没有人被标为技术把关者。", "Nobody in post is marked as the technical gatekeeper."),
    why=Text(
        "技术把关者虽不拍板，却能否决；不知道是谁，就可能落选了还不明白原因。",
        "Gatekeepers do not choose, but they can veto; with one unknown, we may be ruled out and never learn why.",
    ),
    remedy=Text(
        "{by}向{source}问清：方案的技术部分由谁评审？把此人写进“关键人”表，勾选“技术把关者”。",
        "Ask {source} {by} who assesses the technical part of the proposal. Put that person on the People sheet and tick “Technical gatekeeper”.",
    ),
    source="001",
    needs=("contacts",),
    check=check,
    bad={"contacts": [{"name": "赵敏", "buying_roles": []}]},
    good={"contacts": [{"name": "赵敏", "buying_roles": ["technical"]}]},
)
