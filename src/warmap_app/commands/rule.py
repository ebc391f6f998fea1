"""warmap rule: the catalogue of rules and checks, or one of them explained."""

from __future__ import annotations

import argparse

from warmap.rules import Rule
from warmap.text import Lang, Text
from warmap_app.cli import PASSED, UserError

EXAMPLE = "warmap rule RF205"
CODE = Text("规则或检查的代码；省略则列出全部", "code of a rule or check; leave it out to list all")
WHY, REMEDY, SOURCE = Text("为什么", "Why"), Text("怎么办", "Remedy"), Text("出处", "Source")
SAYS, HINT = Text("说什么", "Says"), Text("怎么改", "How to mend it")
HEADS = (Text("代码", "Code"), Text("严重程度", "Severity"), Text("说明", "What it says"))


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """CODE."""
    parser.add_argument("code", metavar="CODE", nargs="?", help=CODE.to(lang))


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Print one entry or the whole catalogue."""
    from warmap.findings import CHECKS
    from warmap.rules import all_rules
    from warmap.worksheet.guidance import without_facts

    if options.code is None:
        _catalogue(lang)
        return PASSED
    code = options.code.strip().upper()
    if code in all_rules():
        _rule(all_rules()[code], lang)
    elif code in CHECKS:
        check = CHECKS[code]
        print(f"{check.code}  {check.severity.label.to(lang)}  {check.name}")
        print(f"{SAYS.to(lang)}: {without_facts(check.message).to(lang)}")
        print(f"{HINT.to(lang)}: {without_facts(check.hint).to(lang)}")
    else:
        raise UserError(
            Text(f"没有代码 {code}；运行 warmap rule 看全部", f"there is no code {code}; run `warmap rule` for all")
        )
    return PASSED


def _rule(rule: Rule, lang: Lang) -> None:
    from warmap.worksheet.guidance import without_facts

    print(f"{rule.code}  {rule.severity.label.to(lang)}  {rule.title.to(lang)}")
    print(f"{SAYS.to(lang)}: {without_facts(rule.message).to(lang)}")
    print(f"{WHY.to(lang)}: {rule.why.to(lang)}")
    print(f"{REMEDY.to(lang)}: {without_facts(rule.remedy).to(lang)}")
    print(f"{SOURCE.to(lang)}: {rule.source}")


def _catalogue(lang: Lang) -> None:
    from rich.table import Table

    from warmap.findings import CHECKS
    from warmap.rules import all_rules
    from warmap.worksheet.guidance import without_facts
    from warmap_app.tables import terminal

    table = Table(*(head.to(lang) for head in HEADS))
    for rule in all_rules().values():
        table.add_row(rule.code, rule.severity.label.to(lang), rule.title.to(lang))
    for check in CHECKS.values():
        table.add_row(check.code, check.severity.label.to(lang), without_facts(check.message).to(lang))
    terminal().print(table)
