"""`warmap rule`, `schema` and `settings`: what the method holds, printed to read, to validate against, or to edit."""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from warmap.findings import CHECKS
from warmap.model import json_schema
from warmap.rules import Rule, all_rules
from warmap.settings import default_settings, meaning
from warmap.terms import Severity
from warmap.text import COLON, Lang, Text
from warmap.worksheet.guidance import SIGN, without_facts
from warmap_app.command import PASSED, Command, UserError
from warmap_app.commands.options import settings_of
from warmap_app.screen import Head, Table, bold, line, print_parts
from warmap_workbook.presets import preset, preset_names

CODE = Text("规则或检查的代码；省略则列出全部", "code of a rule or check; leave it out to list all")
NO_CODE = Text("没有代码 {code}；运行 warmap rule 看全部", "there is no code {code}; run `warmap rule` for all")
WHY, REMEDY, SOURCE = Text("为什么", "Why"), Text("怎么办", "Remedy"), Text("出处", "Source")
SAYS, HINT = Text("说什么", "Says"), Text("怎么改", "How to fix it")
HEADS = (
    Head(Text("代码", "Code")), Head(Text("严重程度", "Severity")), Head(Text("说明", "What it says"), "prose", ""),
)  # fmt: skip

NAME = Text(
    "行业预设的名字，或一份设置文件；省略则输出默认设置", "name of a preset, or a settings file; left out: the defaults"
)
LIST = Text("列出行业预设", "list the presets")
CHANGED = Text("默认 {usual}", "default {usual}")


def _rule_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    parser.add_argument("code", metavar="CODE", nargs="?", help=CODE.to(lang))


def rule(options: argparse.Namespace, lang: Lang) -> int:
    """Explain one rule or check, or list them all."""
    if options.code is None:
        _print_catalogue(lang)
        return PASSED
    code = options.code.strip().upper()
    if code in all_rules():
        _print_rule(all_rules()[code], lang)
    elif code in CHECKS:
        check = CHECKS[code]
        said = {SAYS: without_facts(check.message), HINT: without_facts(check.hint)}
        _print_explained(check.code, check.severity, Text(check.name, check.name), said, lang)
    else:
        raise UserError(NO_CODE.filled(code=code))
    return PASSED


def _print_rule(rule: Rule, lang: Lang) -> None:
    source = Text(rule.source, rule.source)
    said = {SAYS: without_facts(rule.message), WHY: rule.why, REMEDY: without_facts(rule.remedy), SOURCE: source}
    _print_explained(rule.code, rule.severity, rule.title, said, lang)


def _print_explained(code: str, severity: Severity, name: Text, said: Mapping[Text, Text], lang: Lang) -> None:
    title = bold(f"{code}  {SIGN[severity]} {severity.label.to(lang)}  {name.to(lang)}")
    print_parts([title, *(line(f"{head.to(lang)}{COLON.to(lang)}{words.to(lang)}") for head, words in said.items())])


def _print_catalogue(lang: Lang) -> None:
    shown = Table(HEADS, lang)
    for rule in all_rules().values():
        shown.add_row(rule.code, rule.severity.label.to(lang), rule.title.to(lang))
    for check in CHECKS.values():
        shown.add_row(check.code, check.severity.label.to(lang), without_facts(check.message).to(lang))
    print_parts([shown])


def schema(options: argparse.Namespace, lang: Lang) -> int:
    """Print the JSON schema of a map."""
    del options
    print(json.dumps(json_schema(lang), ensure_ascii=False, indent=2))
    return PASSED


def _settings_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    parser.add_argument("name", metavar="NAME", type=Path, nargs="?", help=NAME.to(lang))
    parser.add_argument("--list", action="store_true", help=LIST.to(lang))


def settings(options: argparse.Namespace, lang: Lang) -> int:
    """Print every setting with its value, what it is as a comment, and the default where it differs."""
    if options.list:
        _print_presets(lang)
        return PASSED
    usual = default_settings()
    chosen = settings_of(options.name) or usual
    for name in type(chosen).model_fields:
        value, default = getattr(chosen, name), getattr(usual, name)
        print(f"# {meaning(name).to(lang)}")
        if isinstance(value, dict):
            print(f"{name}:")
            for member, number in value.items():
                print(f"  {member}: {number:g}{_note(number, default[member], lang)}")
        else:
            print(f"{name}: {value:g}{_note(value, default, lang)}")
    return PASSED


def _note(value: float, usual: float, lang: Lang) -> str:
    return "" if value == usual else f"  # {CHANGED.say(lang, {'usual': f'{usual:g}'})}"


def _print_presets(lang: Lang) -> None:
    """Each preset with the line that tells what it is for: its first comment is Chinese, its second English."""
    for name in preset_names():
        lines = preset(name).read_text("utf-8").splitlines()
        print(f"{name}: {lines[0 if lang == 'zh' else 1].removeprefix('# ')}")


COMMANDS = {
    "rule": Command("warmap rule RF205", _rule_arguments, rule),
    "schema": Command("warmap schema > warmap.schema.json", lambda *_: None, schema),
    "settings": Command("warmap settings public_sector > settings.yaml", _settings_arguments, settings),
}
