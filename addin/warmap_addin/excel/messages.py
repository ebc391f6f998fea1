"""What VBA itself says; `{1}` and `{2}` are filled there. Everything else is said by Python."""

from __future__ import annotations

from warmap.text import Text

DOCTOR = Text(
    "请运行 warmap addin doctor --host excel，并把结果发给 IT。",
    "Run: warmap addin doctor --host excel, and send what it says to IT.",
)


def _and_doctor(zh: str, en: str) -> Text:
    return Text(f"{zh}{DOCTOR.zh}", f"{en} {DOCTOR.en}")


MESSAGES: dict[str, Text] = {
    "title": Text("作战地图", "War Map"),
    "mac": Text(
        "Mac 版 Excel 不能用这种加载项；请用网页版加载项（warmap addin build --host web）。表里显示的是上次的结果。",
        "Excel on a Mac cannot use this add-in; use the web add-in (warmap addin build --host web). The last results are shown.",
    ),
    "not_installed": Text(
        "这台电脑没有安装作战地图函数：表里显示的是上次的结果。安装：warmap addin install --host excel",
        "The war-map functions are not installed on this computer: the last results are shown. To install: "
        "warmap addin install --host excel",
    ),
    "python_missing": _and_doctor("找不到 Python：{1}。", "Python is not there any more: {1}."),
    "xlwings_version": _and_doctor(
        "已安装 xlwings {1}，这份文件需要 {2}。", "xlwings {1} is installed, and this file needs {2}."
    ),
    "dll_missing": _and_doctor("在 {2} 中找不到 {1}。", "{1} is not in {2}."),
    "dll_refused": _and_doctor(
        "Windows 不肯载入 {1}（错误 {2}）。", "Windows refused to load {1} (error {2})."
    ),
    "python_stopped": _and_doctor("Python 没能启动：{1}。", "Python did not start: {1}."),
    "functions_missing": _and_doctor("Python 已启动，但函数不可用：{1}。", "Python runs, but the functions do not: {1}."),
    "functions_older": Text(
        "已安装的函数是 {1} 版，这份文件是 {2} 版的：请更新（warmap addin install --host excel），否则结果可能不同。",
        "The installed functions are version {1}, and this file is of version {2}: update them (warmap addin install "
        "--host excel), or results may differ.",
    ),
    "macro_failed": _and_doctor("这个按钮没有完成：{1}。", "This button did not finish: {1}."),
    "nothing_known": Text(
        "这个单元格没有记录到错误。", "No error is recorded for this cell."
    ),
    "reconnected": Text("函数已连接，结果是现算的。", "The functions are connected; the results are live."),
    "not_reconnected": _and_doctor(
        "Python 已连上，但这个工作簿里的公式没有接上：显示的是上次的结果。",
        "Python answers, but the formulas of this workbook do not reach it: the last results are shown.",
    ),
    "restarted": Text("Python 已重启，已全部重算。", "Python was started anew and everything recalculated."),
    "without_python": Text("作战地图 {1}。{2}", "War Map {1}. {2}"),
}  # fmt: skip
