"""`docs/checks.md`: every check, and an example of what it says and how to fix it, in the words that the program gave."""

from collections.abc import Iterator

from tools.check_examples import EXAMPLES, finding_of
from tools.markdown import both, cell, code, document, table
from tools.patched_books import SAMPLE
from warmap.findings import CHECKS, Check
from warmap.text import LANGUAGES, Lang, Text
from warmap.worksheet.guidance import without_facts
from warmap_workbook.samples import load_sample

ABOUT = Text(
    "`warmap check` 对每个文件给出这些发现：文件、工作表、单元格、字段、代码、严重程度、说明、怎么改。没有“严重”和“重要”的发现，文件就算通过；读得出来的内容照样计分。",
    "`warmap check` gives these findings for each file: file, sheet, cell, field, code, severity, message, hint. A file passes when it has no critical and no major finding; what could be read is scored all the same.",
)
ABOUT_EXAMPLES = Text(
    "例子都在样例“{deal}”里做，每次只做那一件事；引用的是程序给出的原话：哪一格、说什么、怎么改。",
    "Each example is that one thing done to the sample “{deal}”, and the words are those the program then gave: where, what is wrong, and how to fix it.",
)
HEADS = ["代码 / Code", "严重程度 / Severity", "名称 / Name", "说什么", "What it says"]
EXAMPLE = Text(
    "> 例：{done}\n>\n> **{place}** {message}  \n> 怎么改：{hint}",
    "> Example: {done}\n>\n> **{place}** {message}  \n> How to fix it: {hint}",
)


def page() -> str:
    """The list, then every check with its example."""
    rows = [
        [
            f"[{check.code}](#{check.code.lower()})", both(check.severity.label), code(check.name),
            without_facts(check.message).zh, without_facts(check.message).en,
        ]
        for check in CHECKS.values()
    ]  # fmt: skip
    deal = Text(*(load_sample(SAMPLE, lang)["deal"]["opportunity"] for lang in LANGUAGES))
    examples = ABOUT_EXAMPLES.filled(deal=deal)
    return document(
        "# 检查 / Checks", ABOUT.zh, ABOUT.en, table(HEADS, rows), examples.zh, examples.en,
        *(block for check in CHECKS.values() for block in _section(check)),
    )  # fmt: skip


def _section(check: Check) -> Iterator[str]:
    yield f"## {check.code}"
    yield f"{code(check.name)} · {both(check.severity.label)}"
    yield from (_example(check.code, lang) for lang in LANGUAGES)


def _example(of: str, lang: Lang) -> str:
    found = finding_of(of, lang)
    where = f"{found.sheet}!{found.cell}" if found.cell else found.sheet
    done = EXAMPLES[of].said(lang)
    place = " ".join(filter(None, (of, where)))
    return EXAMPLE.to(lang).format(
        done=done, place=place, message=cell(found.message(lang)), hint=cell(found.hint(lang))
    )
