"""What the page says besides the results."""

from __future__ import annotations

from warmap.text import Text

WORDS: dict[str, Text] = {
    "title": Text("作战地图检查结果", "War map check"),
    "text": Text("查找", "Search"),
    "text_hint": Text("文件、客户、问题…（按 / 键）", "file, account, problem … (press /)"),
    "result": Text("结果", "Result"),
    "passed": Text("✓ 通过", "✓ passed"),
    "failed": Text("✗ 未通过", "✗ not passed"),
    "rep": Text("销售", "Rep"),
    "code": Text("代码", "Code"),
    "severity": Text("严重程度", "Severity"),
    "all": Text("全部", "all"),
    "reset": Text("清除筛选", "Clear filters"),
    "open_all": Text("全部展开 / 收起", "Open / close all"),
    "open": Text("展开或收起", "open or close"),
    "shown": Text("显示 {shown} / {all} 个文件", "{shown} of {all} files shown"),
    "none": Text("没有符合筛选的文件。", "No file fits these filters."),
    "findings": Text("要改的问题", "What must be mended"),
    "no_findings": Text("没有要改的问题。", "Nothing must be mended."),
    "flags": Text("未应对的红旗", "Open red flags"),
    "facts": Text("全部得分", "All scores"),
}
MADE_BY = Text("由 warmap {version} 生成", "made by warmap {version}")
CARDS = (Text("文件", "Files"), Text("通过", "Passed"), Text("未通过", "Not passed"))
FINDING_HEADS = (
    Text("严重程度", "Severity"), Text("代码", "Code"), Text("位置", "Where"), Text("问题", "Problem"),
    Text("怎么改", "How to mend it"),
)  # fmt: skip
FLAG_HEADS = (
    Text("严重程度", "Severity"), Text("代码", "Code"), Text("对象", "Subject"), Text("问题", "Problem"),
    Text("怎么办", "Remedy"),
)  # fmt: skip
NOT_LISTED = Text(
    "网页只列出前 {most} 个文件，另有 {more} 个未列出；完整内容请用 --format xlsx、csv 或 parquet。",
    "The page lists the first {most} files; {more} more are left out. Use --format xlsx, csv or parquet for all.",
)
