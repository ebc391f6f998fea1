"""The reference pages of the docs, generated from the declarations, both languages on each page."""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from tools import check_page, rule_pages
from tools.markdown import both, cell, code, codes, document, table, yaml_block
from warmap.judgement import judge
from warmap.layout import placements
from warmap.model import MAX_COMPETITORS, TABLES, Bounds, Field, Kind, Table, json_schema
from warmap.reading import read_document
from warmap.scores import Score, all_scores
from warmap.settings import Settings, default_settings, limits_of, meaning, settings_from
from warmap.terms import PERSONAL_WINS, STAGE_CRITERIA, WIN_CRITERIA, Term
from warmap.text import LANGUAGES, Lang, Text
from warmap.worksheet import FUNCTIONS, Call, Function
from warmap.worksheet.score_functions import scores
from warmap_app.main import COMMANDS, command_named
from warmap_workbook.samples import load_sample

KINDS: Mapping[Kind, Text] = {
    Kind.TEXT: Text("文字", "text"),
    Kind.NAME: Text("人名", "a contact's name"),
    Kind.NAMES: Text("几个名称，用、或逗号隔开", "several names, with commas between"),
    Kind.NUMBER: Text("数", "number"),
    Kind.WHOLE: Text("整数", "whole number"),
    Kind.MONEY: Text("金额", "money"),
    Kind.DATE: Text("日期", "date"),
    Kind.YES_NO: Text("是/否", "yes/no"),
    Kind.TICK: Text("打勾", "tick"),
    Kind.PICK: Text("从列表选", "pick"),
    Kind.GIVE_GET: Text("每行一条：给 → 得", "a line each: give → get"),
}
ABOUT_COLUMNS = Text(
    "表头认中文、英文、代码和别名，不分大小写；列可以移动。代码就是 YAML 与 JSON 里的字段名（点号表示嵌套）。带 * 的必须填。",
    "A header is known by its Chinese and English name, its code and its aliases, in any case; columns may move. The code is the field's name in YAML and JSON (a dot means nesting). * must be filled in.",
)
COLUMNS_HEADS = ["代码 / Code", "表头", "Header", "内容 / Kind", "值 / Values", "怎么填", "Help", "别名 / Aliases"]


def values(field: Field) -> str:
    """The list or the limits of a field."""
    if field.enum is not None:
        return f"[{field.enum.__name__}](vocabulary.md#{field.enum.__name__.lower()})"
    if field.low is not None and field.high is not None:
        return f"{field.low:g} … {field.high:g}"
    if field.above is not None:
        return f"> {field.above:g}"
    return f"≥ {field.low:g}" if field.low is not None else f"≤ {field.high:g}" if field.high is not None else ""


def _row(field: Field) -> list[str]:
    mark = " *" if field.required else ""
    return [
        f"`{field.code}`{mark}", field.label.zh, field.label.en, both(KINDS[field.kind]), values(field), field.help.zh,
        field.help.en, codes(field.aliases),
    ]  # fmt: skip


def _columns_section(the_table: Table) -> Iterator[str]:
    about = the_table.about
    yield f"## {both(about.label)} `{the_table.code}`"
    place = placements().get(the_table.code)
    where = f"工作表 / Sheet: {both(place.tab.name)} · 名称 / Defined name: `{place.name}`" if place else ""
    room = "" if the_table.is_record else f" · 行数 / Rows: {about.room}"
    yield f"{both(about.purpose)}  \n{where}{room}"
    rows = [_row(field) for field in the_table.fields]
    if the_table.open_field is not None:
        open_row = _row(the_table.open_field)
        rows.append([f"`{the_table.open_field.code}` (≤ {MAX_COMPETITORS})", *open_row[1:]])
    yield table(COLUMNS_HEADS, rows)


def columns_page() -> str:
    """Every table with its columns."""
    sections = [block for the_table in TABLES for block in _columns_section(the_table)]
    return document("# 表与列 / Tables and columns", ABOUT_COLUMNS.zh, ABOUT_COLUMNS.en, *sections)


ABOUT_VOCABULARY = Text(
    "代码用于 YAML、JSON 和 Python；标签用于工作簿和消息。读入时代码、两种语言的标签和别名都认，不分大小写和前后空格。",
    "Codes stand in YAML, JSON and Python, labels in workbooks and messages. Reading takes the code, the label in either language and the aliases, whatever the case and the space around them.",
)
VOCABULARY_HEADS = ["代码 / Code", "中文", "English", "别名 / Aliases"]


def all_terms() -> list[type[Term]]:
    """Every vocabulary, in the order in which it is declared."""
    return [kind for kind in Term.__subclasses__() if kind.__module__ == Term.__module__]


def _vocabulary_section(kind: type[Term]) -> list[str]:
    meaning = (kind.__doc__ or "").strip().partition("\n")[0]
    numbers = [name for name, value in vars(kind).items() if isinstance(value, property) and not name.startswith("_")]
    rows = [
        [
            code(term.value),
            term.label.zh,
            term.label.en,
            codes(term.aliases),
            *(getattr(term, name) for name in numbers),
        ]
        for term in kind
    ]
    return [f"## {kind.__name__}", meaning, table([*VOCABULARY_HEADS, *(code(name) for name in numbers)], rows)]


def _members(title: Text, head: str, groups: Mapping[Term, Sequence[Term]]) -> list[str]:
    rows = [
        [both(group.label) if place == 0 else "", str(place + 1), code(term.value), term.label.zh, term.label.en]
        for group, terms in groups.items()
        for place, term in enumerate(terms)
    ]
    return [f"## {both(title)}", table([head, "", "代码 / Code", "中文", "English"], rows)]


def vocabulary_page() -> str:
    """Every vocabulary, the criteria of each role and stage, and the personal wins."""
    wins: dict[Term, Sequence[Term]] = dict(WIN_CRITERIA.items())
    stages: dict[Term, Sequence[Term]] = dict(STAGE_CRITERIA.items())
    return document(
        "# 词汇 / Vocabulary", ABOUT_VOCABULARY.zh, ABOUT_VOCABULARY.en,
        *(block for kind in all_terms() for block in _vocabulary_section(kind)),
        *_members(Text("各角色的赢标准", "Win criteria of each role"), "角色 / Role", wins),
        *_members(Text("各阶段的出口标准", "Exit criteria of each stage"), "阶段 / Stage", stages),
        "## 个人的赢 / Personal wins",
        table(["中文", "English"], [[win.zh, win.en] for win in PERSONAL_WINS]),
    )  # fmt: skip


ABOUT_FUNCTIONS = Text(
    "参数是整张表，连同表头（已定义名称 `wm_contacts` 等），所以列可以移动、可以增加。没有依据的得分是空文本，不是 0；输入有误时是错误值，`WARMAP.WHY` 用文字说明原因。LibreOffice 在界面上用分号分隔参数。",
    "An argument is a whole table with its header row (the defined names `wm_contacts` and so on), so columns may move and be added. A score that has nothing to stand on is an empty text, not 0; a wrong input gives an error value, and `WARMAP.WHY` gives the words. LibreOffice shows semicolons between arguments.",
)


def _functions_section(function: Function) -> list[str]:
    rows = [
        [code(argument.name), "✓" if argument.required else "", argument.help.zh, argument.help.en]
        for argument in function.arguments
    ]
    blocks = [
        f"## {function.shown_name}",
        f"{function.help.zh}  \n{function.help.en}",
        f"**结果 / Result**: {both(function.result)}",
    ]
    if function.columns:
        blocks.append("**列 / Columns**: " + " · ".join(both(column) for column in function.columns))
    if rows:
        blocks.append(table(["参数 / Argument", "必需 / Required", "说明", "Help"], rows))
    return [*blocks, f"```\n{function.example}\n```"]


def functions_page() -> str:
    """The list, then every function."""
    rows = [
        [f"[{function.shown_name}](#warmap{name.lower()})", function.help.zh, function.help.en]
        for name, function in FUNCTIONS.items()
    ]
    return document(
        "# 工作表函数 / Worksheet functions", ABOUT_FUNCTIONS.zh, ABOUT_FUNCTIONS.en,
        table(["函数 / Function", "作用", "What it gives"], rows),
        *(block for function in FUNCTIONS.values() for block in _functions_section(function)),
    )  # fmt: skip


ABOUT_SETTINGS = Text(
    "`warmap settings > settings.yaml` 输出一份可以修改的默认设置；用 `--settings settings.yaml` 交给 `evaluate`、`check`、`portfolio` 和 `new`。工作簿的“设置”表里是同样的代码和数值，已锁定。`check` 和 `portfolio` 用同一组设置评判所有文件：`--settings`，否则环境变量 `WARMAP_SETTINGS` 指定的文件，否则用户配置文件夹里的 `warmap/settings.yaml`，再不然用默认设置；文件自带的不同设置会被指出（DV306），`--own-settings` 才采用。",
    "`warmap settings > settings.yaml` prints the defaults as a file to edit; give it to `evaluate`, `check`, `portfolio` and `new` with `--settings settings.yaml`. The Settings sheet of a workbook holds the same codes and numbers, locked. `check` and `portfolio` judge all files by one set: `--settings`, else the file that the environment variable `WARMAP_SETTINGS` names, else `warmap/settings.yaml` in the user's configuration folder, else the defaults; a file whose own settings differ is told so (DV306), and they count with `--own-settings` only.",
)
BOUNDS: Mapping[str, str] = {"low": "≥", "above": ">", "high": "≤"}


def _bounds(limits: Bounds) -> str:
    found = ((sign, getattr(limits, name)) for name, sign in BOUNDS.items())
    return ", ".join(f"{sign} {limit:g}" for sign, limit in found if limit is not None)


CHANGED: Mapping[str, Mapping[str, float]] = {"pillar_weight": {"sincerity": 3}}
CHANGE = Text(
    "要改一个权重，写一个只有这一项的文件 `ours.yaml` 就够了，其余用默认值。例如让“诚意信任”算三份：",
    "To change a weight, a file `ours.yaml` with that one setting is enough; all others keep their defaults. To make sincerity count threefold:",
)
CHANGE_DOES = Text(
    "> 例：样例“{deal}”的信任由 **{before}** 变成 **{after}**。",
    "> Example: the trust of the sample “{deal}” goes from **{before}** to **{after}**.",
)
CHANGE_USED = """```sh
warmap evaluate deal.xlsx --settings ours.yaml             # 先看看 / try it
warmap check submitted/ --settings ours.yaml               # 所有文件都按它 / all files by it
warmap new --settings ours.yaml -o war_map.xlsx            # 发给大家的模板，单元格也按它算 / a template whose cells go by it
```"""
CHANGE_FACTS = Text(
    "改多少才对，[校准](calibration.zh.md)用已经结束的商机说话；行业预设见 `warmap settings PRESET`（[命令](commands.md#warmap-settings)）。",
    "How much is right: [calibration](calibration.md) tells from deals that have ended. For presets of a line of business see `warmap settings PRESET` ([commands](commands.md#warmap-settings)).",
)


def _a_weight_changed() -> Iterator[str]:
    yield "## 改一个权重 / Change a weight"
    yield f"{CHANGE.zh}\n\n{CHANGE.en}"
    yield yaml_block(CHANGED)
    before, after = (
        judge(read_document(load_sample(SAMPLE, "en")).map, settings).scores["trust"]
        for settings in (default_settings(), settings_from(CHANGED))
    )
    deal = Text(*(load_sample(SAMPLE, lang)["deal"]["opportunity"] for lang in LANGUAGES))
    shown = CHANGE_DOES.filled(deal=deal, before=f"{before:.1f}", after=f"{after:.1f}")
    yield from (shown.zh, shown.en, CHANGE_USED, CHANGE_FACTS.zh, CHANGE_FACTS.en, "## 全部设置 / All settings")


def settings_page() -> str:
    """How to change one, with what it does; then every setting, the members of a group one below the other."""
    settings = default_settings()
    rows: list[list[str]] = []
    for name in Settings.model_fields:
        value, said, bounds = getattr(settings, name), meaning(name), _bounds(limits_of(name)[0])
        if isinstance(value, dict):
            rows += [[code(f"{name}.{member}"), f"{number:g}", bounds, both(said)] for member, number in value.items()]
        else:
            rows.append([code(name), f"{value:g}", bounds, both(said)])
    heads = ["代码 / Code", "默认 / Default", "范围 / Bounds", "是什么 / What it is"]
    return document("# 设置 / Settings", ABOUT_SETTINGS.zh, ABOUT_SETTINGS.en, *_a_weight_changed(), table(heads, rows))


ABOUT_COMMANDS = Text(
    "每条命令都有 `--lang zh|en`（默认按系统语言）和 `--help`；不加 `--force` 不覆盖任何文件。退出码：0 完成或全部通过，1 有未通过的，2 用法有误。",
    "Every command takes `--lang zh|en` (by default the system's language) and `--help`; nothing is overwritten without `--force`. Exit codes: 0 done or all passed, 1 some did not pass, 2 usage error.",
)
COMMANDS_HEADS = ["参数 / Argument", "说明", "Help"]


def commands_page() -> str:
    """The list, then every command."""
    rows = [[f"[warmap {name}](#warmap-{name})", about.zh, about.en] for name, (_, about) in COMMANDS.items()]
    return document(
        "# 命令 / Commands", ABOUT_COMMANDS.zh, ABOUT_COMMANDS.en, table(["命令 / Command", "作用", "What it does"], rows),
        *(block for name in COMMANDS for block in _commands_section(name)),
    )  # fmt: skip


def _commands_section(name: str) -> Iterator[str]:
    zh, en = (list(_arguments(name, lang)) for lang in LANGUAGES)
    about = COMMANDS[name][1]
    yield f"## warmap {name}"
    yield f"{about.zh}  \n{about.en}"
    yield f"```sh\n{command_named(name).example}\n```"
    if zh:
        yield table(
            COMMANDS_HEADS,
            [[code(words), help_zh, help_en] for (words, help_zh), (_, help_en) in zip(zh, en, strict=True)],
        )


def _arguments(name: str, lang: Lang) -> Iterator[tuple[str, str]]:
    """Each argument of a command as (how it is written, help); those that every command takes are left out."""
    own = argparse.ArgumentParser(add_help=False)
    command_named(name).add_arguments(own, lang)
    for action in own._actions:  # noqa: SLF001  argparse has no public list of arguments
        if action.help == argparse.SUPPRESS:
            continue
        value = "|".join(map(str, action.choices)) if action.choices else action.metavar
        words = [", ".join(action.option_strings), "" if action.nargs == 0 else str(value or action.dest.upper())]
        facts = {**vars(action), "prog": f"warmap {name}"}
        yield " ".join(filter(None, words)), (action.help or "") % facts


ABOUT_SCORES = Text(
    "一份地图的全部得分，按 JSON、计分板和结果各列的顺序。没有依据的得分是“未评估”，绝不默默记作 0 或 100。权重与界限见[设置](settings.md)，全部公式见 `specification.md` 第 3 节。",
    "Every score of a map, in the order of the JSON, the scoreboard and the columns of results. A score that has nothing to stand on is not assessed, never a silent 0 or 100. For weights and limits see [settings](settings.md), for all formulas section 3 of `specification.md`.",
)
SCORE_HEADS = ["代码 / Code", "单位 / Unit", "单元格名称 / Cell", "函数 / Function"]


SAMPLE = "manufacturer_mes"
EXAMPLE = Text(
    "> 例：样例“总装基地 MES 系统”是 **{value}**。{why}",
    "> Example: the sample “MES for the assembly base” has **{value}**. {why}",
)


def _score_section(score: Score) -> list[str]:
    own = next((function for function in FUNCTIONS.values() if function.score == score.code), FUNCTIONS["SCORES"])
    shown_by = f"[{own.shown_name}](functions.md#warmap{own.name.lower()})"
    facts = [code(score.code), both(score.unit), code(f"wm_score_{score.code}"), shown_by]
    words = [f"{score.help.zh}。{score.formula.zh}", f"{score.help.en}. {score.formula.en}"]
    return [
        f"## {both(score.name)}",
        table(SCORE_HEADS, [facts]),
        *words,
        *(_example(score, lang) for lang in LANGUAGES),
    ]


@cache
def _of_sample(lang: Lang) -> Mapping[str, Sequence[object]]:
    """What the functions say of every score of the sample: name, value, unit, why."""
    call = Call(judge(read_document(load_sample(SAMPLE, lang)).map), lang)
    return dict(zip(all_scores(), scores(call), strict=True))


def _example(score: Score, lang: Lang) -> str:
    _, value, _, why, *_ = _of_sample(lang)[score.code]
    shown = f"{value:.3g}" if isinstance(value, float) else value
    return EXAMPLE.filled(value=shown, why=cell(why)).to(lang)


def scores_page() -> str:
    """Every score."""
    sections = [block for score in all_scores().values() for block in _score_section(score)]
    return document("# 得分 / Scores", ABOUT_SCORES.zh, ABOUT_SCORES.en, *sections)


def generated_pages() -> Iterator[tuple[str, str]]:
    """Every generated page as (path below `docs`, text)."""
    yield from rule_pages.pages()
    yield "checks.md", check_page.page()
    yield "columns.md", columns_page()
    yield "commands.md", commands_page()
    yield "vocabulary.md", vocabulary_page()
    yield "scores.md", scores_page()
    yield "functions.md", functions_page()
    yield "settings.md", settings_page()
    yield "warmap.schema.json", json.dumps(json_schema("en"), ensure_ascii=False, indent=2) + "\n"
