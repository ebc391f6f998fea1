"""The checks of a submitted map (specification, section 5): what each code says, and how to fix it."""

import dataclasses
from collections.abc import Mapping

from warmap.names import visible
from warmap.terms import Severity
from warmap.text import Lang, Text

_CRITICAL, _MAJOR, _MINOR = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR


@dataclasses.dataclass(frozen=True, slots=True)
class Check:
    """One check: stable code, the problem in kebab-case, severity, what it says and how to fix it."""

    code: str
    name: str
    severity: Severity
    message: Text
    hint: Text
    usual: Mapping[str, object] = dataclasses.field(default_factory=dict)
    """The facts that most findings leave unsaid."""


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, and where: the sheet's name, the cell (A1, or a path in JSON), the field's code.

    `facts` fill the message; words are chosen at the edge, in the reader's language. `level` is how heavy this one is,
    where that is not what its check usually says.
    """

    code: str
    sheet: str = ""
    cell: str = ""
    field: str = ""
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)
    level: Severity | None = None

    @property
    def check(self) -> Check:
        """The check's entry in the catalogue."""
        return CHECKS[self.code]

    @property
    def severity(self) -> Severity:
        """How heavy it is."""
        return self.level or CHECKS[self.code].severity

    def message(self, lang: Lang) -> str:
        """What is wrong, in words; an invisible character that is quoted is named by its code."""
        return visible(self.check.message.say(lang, {**self.check.usual, **self.facts}))

    def hint(self, lang: Lang) -> str:
        """How to fix it, in words."""
        return visible(self.check.hint.say(lang, {**self.check.usual, **self.facts}))


OR_BLANK = Text("；不知道就留空", "; leave it blank if unknown")
MUST_BE_FILLED = {"or_blank": Text("", "")}
"""What a finding about a required field adds to its facts: nobody is told to leave that one blank."""

_CATALOGUE = (
    Check(
        "DV001", "not-a-war-map", _CRITICAL,
        Text("这不是作战地图：没有找到模板标记，也没有任何一张作战地图的表。", "This is not a war map: no template mark and none of its tables were found."),
        Text("请用 warmap new 生成的模板填写。", "Please fill in a template made by `warmap new`."),
    ),
    Check(
        "DV002", "unreadable", _CRITICAL,
        Text("文件无法读取：{reason}", "The file cannot be read: {reason}"),
        Text("{remedy}", "{remedy}"),
    ),
    Check(
        "DV003", "older-template", _MINOR,
        Text("模板版本 {found} 比本程序的 {current} 旧：{compared}。", "The template's version {found} is older than this program's {current}: {compared}."),
        Text("运行 warmap upgrade 升级，已填内容会保留。", "Run `warmap upgrade`; everything entered is kept."),
    ),
    Check(
        "DV004", "newer-template", _CRITICAL,
        Text("模板版本 {found} 比本程序的 {current} 新。", "The template's version {found} is newer than this program's {current}."),
        Text("请先升级 warmap。", "Please update warmap first."),
    ),
    Check(
        "DV101", "sheet-missing", _MAJOR,
        Text("工作表“{sheet}”{what}。", "The sheet “{sheet}” {what}."),
        Text("请从模板恢复这张表，或把名称改回“{sheet}”。", "Restore the sheet from the template, or name it “{sheet}” again."),
    ),
    Check(
        "DV102", "header-missing", _MAJOR,
        Text("“{table}”表缺少表头“{header}”。", "The table “{table}” lacks the header “{header}”."),
        Text("把这一列的表头改回“{header}”；列的位置不限。", "Name the column “{header}” again; it may stand anywhere in the header row."),
    ),
    Check(
        "DV103", "unknown-column", _MINOR,
        Text("“{table}”表有模板以外的列或行“{header}”，已保留但不参与计算。", "The table “{table}” has a column or row of its own, “{header}”; it is kept and not used."),
        Text("如果本想填模板里的项目，请核对名称。", "If one of the template's fields was meant, check the name."),
    ),
    Check(
        "DV104", "entered-and-not-read", _MAJOR,
        Text("有填写的内容没有读取：{what}。", "Something entered is not read: {what}."),
        Text("{advice}", "{advice}"),
    ),
    Check(
        "DV105", "row-is-no-entry", _MINOR,
        Text("“{table}”表里以“{value}”开头的一行是{what}，不算一条内容。", "The row of the table “{table}” that begins with “{value}” is {what}; it does not count as an entry."),
        Text("不必处理。若它确是一条内容，请换个写法。", "Nothing need be done. If it is an entry after all, word it otherwise."),
    ),
    Check(
        "DV201", "required-field-empty", _MAJOR,
        Text("“{field}”是必填项，现在是空的。", "“{field}” must be filled in and is empty."),
        Text("{help}", "{help}"),
    ),
    Check(
        "DV202", "value-not-in-list", _MAJOR,
        Text("“{field}”里的“{value}”不在列表中。", "“{value}” under “{field}” is not in the list."),
        Text("最接近的有效值：{nearest}。", "The nearest valid values: {nearest}."),
    ),
    Check(
        "DV203", "wrong-type", _MAJOR,
        Text("“{field}”应为{wanted}，现在是“{value}”{remark}。", "“{field}” should be {wanted}, and is “{value}”{remark}."),
        Text("改成{wanted}{advice}{or_blank}。", "Make it {wanted}{advice}{or_blank}."),
        {"remark": "", "advice": "", "or_blank": OR_BLANK},
    ),
    Check(
        "DV204", "out-of-range", _MAJOR,
        Text("“{field}”的 {value} 超出范围（{range}）。", "{value} under “{field}” is out of range ({range})."),
        Text("填写范围内的数（{range}）{or_blank}。", "Enter a number within {range}{or_blank}."),
        {"or_blank": OR_BLANK},
    ),
    Check(
        "DV205", "impossible-date", _MAJOR,
        Text("“{field}”的日期 {value} 不可能（{limit}）。", "The date {value} under “{field}” is impossible ({limit})."),
        Text("核对年份和评估日。", "Check the year and the date the map is judged at."),
    ),
    Check(
        "DV206", "unknown-contact", _MAJOR,
        Text("“{field}”里的“{value}”{what}。", "“{value}” under “{field}” {what}."),
        Text("{advice}", "{advice}"),
    ),
    Check(
        "DV207", "duplicate-contact", _MAJOR,
        Text("“{value}”在关键人表出现了不止一次（先见于 {first}）；只有第一行计分，这一行没有计入。", "“{value}” stands on the People sheet more than once (first in {first}); only the first row is scored, and this one counts nowhere."),
        Text("是同一个人，就合并成一行；是两位同名的人，就在所有表里用不同的写法区分，例如“{value}（采购部）”。", "If this is one person, merge the rows; if two people share the name, tell them apart on every sheet, such as “{value} (Purchasing)”."),
    ),
    Check(
        "DV208", "duplicate-wins-row", _MAJOR,
        Text("“{value}”以“{role}”角色有两行赢标准（先见于 {first}）。", "“{value}” as {role} has two wins rows (first in {first})."),
        Text("合并成一行；计分只用第一行。", "Merge the rows; only the first one is scored."),
    ),
    Check(
        "DV209", "reporting-loop", _MAJOR,
        Text("汇报关系成了一个圈：{chain}。", "The reporting lines make a loop: {chain}."),
        Text("改正其中一人的“汇报给”。", "Correct “Reports to” of one of them."),
    ),
    Check(
        "DV210", "size-in-doubt", _MAJOR,
        Text("“{field}”的大小存疑：{what}。", "The size of “{field}” is in doubt: {what}."),
        Text("{advice}", "{advice}"),
    ),
    Check(
        "DV211", "entry-changes-by-itself", _MINOR,
        Text("“{field}”{what}。", "“{field}” {what}."),
        Text("{advice}", "{advice}"),
    ),
    Check(
        "DV212", "formula-never-calculated", _MAJOR,
        Text("“{field}”里的公式 {formula} 从未计算过：它的值不在文件里，按未知计；由它而来的结果没有与重新计算的比较。", "The formula {formula} under “{field}” was never calculated: its value is not in the file and counts as not known; results that hang on it were not compared."),
        Text("在 Excel 或 LibreOffice 里打开、重新计算、保存后再提交；或把公式换成它的值。", "Open the file in Excel or LibreOffice, recalculate, save and submit it again; or put the value in place of the formula."),
    ),
    Check(
        "DV301", "formula-overwritten", _MAJOR,
        Text("{what}的公式（{cells}）被“{value}”盖住了。", "The formula of {what} ({cells}) has been overwritten by “{value}”."),
        Text("撤销这些格的改动；想改结果，请改填写的内容。也可运行 warmap upgrade 重建工作簿，已填内容会保留。", "Undo the change in these cells; to change a result, change what is entered. Or run `warmap upgrade`, which rebuilds the workbook and keeps everything entered."),
    ),
    Check(
        "DV302", "formula-changed", _MAJOR,
        Text("{what}的公式（{cells}）被改动：{found}。", "The formula of {what} ({cells}) has been changed: {found}."),
        Text("应为 {expected}。改回来，或运行 warmap upgrade 重建工作簿，已填内容会保留。", "It should be {expected}. Put it back, or run `warmap upgrade`, which rebuilds the workbook and keeps everything entered."),
    ),
    Check(
        "DV303", "stored-result-differs", _MINOR,
        Text("{what}存的结果“{stored}”与重新计算的“{expected}”不同。", "The stored result of {what}, “{stored}”, differs from the recomputed “{expected}”."),
        Text("评分以重新计算的为准。请在装有 WARMAP 函数的程序里重新计算后保存。", "The recomputed one counts. Recalculate and save the file in a program that has the WARMAP functions."),
    ),
    Check(
        "DV304", "error-value-stored", _MINOR,
        Text("{what}显示错误值 {value}。", "{what} shows the error {value}."),
        Text("用 WARMAP.WHY 看这一格的原因；多半是某张表的表头被改动。评分以填写的内容为准。", "Ask WARMAP.WHY about this cell; mostly a table's header was changed. Scoring goes by what is entered."),
    ),
    Check(
        "DV305", "results-not-stored", _MINOR,
        Text("有 {count} 处结果没有存成现在的值：{what}。", "{count} results are not stored as they now are: {what}."),
        Text("不必处理：评分以填写的内容为准。想在表里看到，请在装有 WARMAP 函数的程序里打开、重算、保存。", "Nothing need be done: scoring goes by what is entered. To see them in the cells, open, recalculate and save the file in a program that has the WARMAP functions."),
    ),
    Check(
        "DV306", "settings-of-its-own", _MAJOR,
        Text("文件自带的设置与评判所用的不同，没有采用：{changes}。", "The file brings settings of its own, which were not used: {changes}."),
        Text("把“设置”表里的数值改回评判所用的。如果应按公司的一套设置评判，请检查的人用 --settings FILE 或环境变量 WARMAP_SETTINGS 指定；加 --own-settings 则各按自带的设置。", "Put the values on the Settings sheet back to those it is judged by. If a company's set was meant, whoever runs the check names it with --settings FILE or WARMAP_SETTINGS; with --own-settings each file's own settings count."),
    ),
    Check(
        "DV307", "results-not-compared", _MINOR,
        Text("{what}无法核对：{why}。{shown}。", "{what} could not be compared: {why}; {shown}."),
        Text("评分以填写的内容为准。运行 warmap upgrade 重建工作簿，已填内容会保留；请提交模板本身，不要只粘贴数值。", "Scoring goes by what is entered. Run `warmap upgrade`, which rebuilds the workbook and keeps everything entered; submit the template itself, not a copy of its values."),
    ),
    Check(
        "DV308", "retired-setting", _MINOR,
        Text("“{code}”改成了 {value}，但这是以前版本的设置，不再起作用：{instead}。", "“{code}” was set to {value}, but it is a setting of an earlier version and has no effect: {instead}."),
        Text("需要别的数值，就改现在的设置；不需要，就不必处理。", "If you want other figures, change the present setting; if not, nothing need be done."),
    ),
    Check(
        "DV401", "placeholder-text", _MINOR,
        Text("“{field}”里的“{value}”只是占位文字，按未知计。", "“{value}” under “{field}” is only a placeholder; it counts as not known."),
        Text("写上真实的内容；还不知道，就把“去问清楚”列为一项行动。", "Write what is true; where nobody knows yet, make finding out an action."),
    ),
    Check(
        "DV402", "straight-lining", _MINOR,
        Text("“{table}”表的 {count} 个“{field}”全是 {value}。", "All {count} of “{field}” in the table “{table}” are {value}."),
        Text("逐项想一想再打分；确实都一样，就在证据里说明。", "Judge them one by one; if they really are all the same, say why under evidence."),
    ),
    Check(
        "DV403", "copied-text", _MAJOR,
        Text("有 {count} 处文字与另一个客户的地图 {file} 一字不差：“{value}”（{places}）{more}。", "This text also stands word for word in {file}, a map of another account: “{value}” ({places}). Texts in common: {count}{more}."),
        Text("写这个客户自己的情况：谁说的、何时、为什么；抄来的话帮不了这一单。", "Write what is true of this account: who said it, when, and why; copied words do not help this deal."),
    ),
    Check(
        "DV404", "submitted-twice", _MINOR,
        Text("{account} 的商机“{value}”还有别的文件：{files}{counted}{differ}。", "The opportunity “{value}” at {account} was also submitted as {files}{counted}{differ}."),
        Text("计入评估日较晚的，其次保存较晚的，再次文件名靠后的；只留该计入的一份。如果是两笔生意，请改商机名称。", "The later as-of date counts, then the later saved, then the later name: keep only the file that should count. If they are two deals, name them apart."),
    ),
    Check(
        "DV405", "account-spelt-in-two-ways", _MINOR,
        Text("客户“{value}”很可能与这些文件里的是同一家：{files}。", "The account “{value}” is probably the same as in {files}."),
        Text("同一家客户在所有地图里写成一样，商机才会算在一起；如果是两家，请把名称写得分得开。", "Spell one account the same in all maps, so that its deals are taken together; if they are two, name them apart."),
    ),
    Check(
        "DV501", "macros", _MINOR,
        Text("工作簿带有宏；宏从未运行。", "The workbook carries macros; they were never run."),
        Text("作战地图不需要宏：另存为 .xlsx 再提交。", "The war map needs no macro: save it as .xlsx and submit that."),
    ),
    Check(
        "DV502", "external-links", _MINOR,
        Text("工作簿带有{kind}（{count} 处）：{targets}。从未打开或运行。", "The workbook carries {kind} ({count}): {targets}. They were never opened or run."),
        Text("{remedy}", "{remedy}"),
    ),
    Check(
        "DV503", "hidden-sheet", _MINOR,
        Text("有一张模板以外的隐藏工作表“{sheet}”，没有读取。", "There is a hidden sheet that is not the template's, “{sheet}”; it was not read."),
        Text("取消隐藏，或删除它再提交。", "Unhide it, or delete it, and submit again."),
    ),
    Check(
        "DV504", "shown-not-read", _MINOR,
        Text("{what}。", "On this sheet {what}."),
        Text("{remedy}", "{remedy}"),
    ),
    Check(
        "CP001", "improper-personal-win", _MAJOR,
        Text("{contact}的“个人的赢”提到“{word}”，请由人来判断是否正当。", "The personal win of {contact} mentions “{word}”: a person must judge whether it is proper."),
        Text("个人的赢须合情、合理、合法。有疑问先问合规部门，再往下走；若另有所指，请换个说法写清楚。", "A personal win must be lawful and proper. If in doubt ask compliance before going on; if something else is meant, put it in other words."),
    ),
    Check(
        "DV901", "internal-error", _CRITICAL,
        Text("我们的一项检查出了内部错误：{what}。", "A check of ours failed with an internal error: {what}."),
        Text("这不是您的错；请把此文件发给 warmap 的维护者。", "This is not your mistake; please send the file to the maintainers of warmap."),
    ),
    Check(
        "DV902", "findings-not-listed", _MINOR,
        Text("另有 {count} 个问题没有列出（严重 {critical}、重要 {major}、一般 {minor}）。", "{count} more problems are not listed ({critical} critical, {major} major, {minor} minor)."),
        Text("先改列出的问题，再检查一次。", "Fix those that are listed, then check again."),
    ),
)  # fmt: skip

CHECKS: Mapping[str, Check] = {check.code: check for check in _CATALOGUE}
