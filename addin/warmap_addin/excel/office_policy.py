"""Read from the registry where Excel is, its bitness, and which rules of the company block the add-in."""

from collections.abc import Iterator

from warmap.text import Text
from warmap_addin import Point
from warmap_addin.excel.machine import Registry

OFFICE = "16.0"  # 2016, 2019, 2021, 2024 and Microsoft 365
APP_PATH = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
CLICK_TO_RUN = r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
OUTLOOK = rf"HKLM\SOFTWARE\Microsoft\Office\{OFFICE}\Outlook"
SECURITY = rf"HKCU\Software\Microsoft\Office\{OFFICE}\Excel\Security"
POLICY = rf"HKCU\Software\Policies\Microsoft\Office\{OFFICE}\Excel\Security"
COMMON_POLICY = rf"HKCU\Software\Policies\Microsoft\Office\{OFFICE}\Common"
ASR_RULES = (
    r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
    r"HKLM\SOFTWARE\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
)
ASR_MANAGED = (
    r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager"  # Intune: one text GUID=state|GUID=state
)
# Two of Defender's "attack surface reduction" rules, by the GUIDs in Microsoft's reference of them.
CHILD_PROCESSES = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
WIN32_CALLS = "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b"
BLOCKS, WARNS = 1, 6  # states of such a rule; 0 is off, 2 only logs
SIGNED_ONLY, ALL_OFF = 3, 4  # values of VBAWarnings; 1 runs all macros, 2 asks

ASR_WORDS = {
    CHILD_PROCESSES: Text(
        "Defender 规则“阻止所有 Office 应用程序创建子进程”（{rule}）已启用：Excel 不能启动 Python",
        "Defender's rule “Block all Office applications from creating child processes” ({rule}) is on: Excel cannot start Python",
    ),
    WIN32_CALLS: Text(
        "Defender 规则“阻止来自 Office 宏的 Win32 API 调用”（{rule}）已启用：加载项不能载入 xlwings 的 DLL",
        "Defender's rule “Block Win32 API calls from Office macros” ({rule}) is on: the add-in cannot load xlwings' DLL",
    ),
}
ASR_REMEDY = Text(
    "请 IT 为此规则加一个例外（Python 的路径见上），或改用 LibreOffice。",
    "Ask IT for an exclusion from this rule (Python's path stands above), or use LibreOffice.",
)
NO_ASR = Text("没有发现拦住加载项的 Defender 规则", "No Defender rule blocks the add-in")
MACROS_OFF = Text(
    "信任中心禁用了所有宏（VBAWarnings={value}{by}）", "The Trust Center disables all macros (VBAWarnings={value}{by})"
)
MACROS_SIGNED = Text(
    "信任中心只允许有数字签名的宏（VBAWarnings={value}{by}）；XLSTART 中的加载项不受影响，.xlsm 工作簿受影响",
    "The Trust Center allows signed macros only (VBAWarnings={value}{by}); the add-in in XLSTART still runs, .xlsm workbooks do not",
)
MACROS = Text(
    "信任中心的宏设置允许使用（VBAWarnings={value}）",
    "The Trust Center's macro setting allows it (VBAWarnings={value})",
)
BY_POLICY = Text("，由公司策略设定", ", set by company policy")
MACROS_REMEDY = Text(
    "请 IT 改为“禁用所有宏，并发出通知”（值 2），或把 XLSTART 设为受信任位置。",
    "Ask IT for “Disable all macros with notification” (value 2), or to make XLSTART a trusted location.",
)
SIGNED_REMEDY = Text(
    "请用 .xlsx 工作簿加上已安装的加载项；或请 IT 给 .xlsm 签名。",
    "Use .xlsx workbooks with the installed add-in, or ask IT to sign the .xlsm.",
)
VBA_OFF = Text("公司策略在所有 Office 程序中关闭了 VBA", "Company policy turns VBA off in all Office programs")
VBA_REMEDY = Text(
    "没有 VBA，这个加载项不能用：请 IT 放开，或改用 LibreOffice。",
    "Without VBA this add-in cannot work: ask IT to allow it, or use LibreOffice.",
)
LOCATIONS_OFF = Text(
    "公司策略关闭了受信任位置，XLSTART 不再受信任", "Company policy turns trusted locations off: XLSTART is not trusted"
)
ADDINS_SIGNED = Text("公司策略要求加载项有数字签名", "Company policy requires add-ins to be signed")
POLICY_REMEDY = Text(
    "请 IT 放开 XLSTART 或给 warmap.xlam 签名；不行就改用 LibreOffice。",
    "Ask IT to allow XLSTART or to sign warmap.xlam; failing that use LibreOffice.",
)


def excel_path(registry: Registry) -> str | None:
    """Where excel.exe is; None where no desktop Excel is registered."""
    for root in ("HKCU", "HKLM"):
        found = registry.value(rf"{root}\{APP_PATH}", "")
        if isinstance(found, str) and found:
            return found
    return None


def is_from_store(path: str) -> bool:
    """Whether a program comes from the Microsoft Store."""
    return "\\windowsapps\\" in path.lower()


def office_bits(registry: Registry, path: str | None) -> int | None:
    """32 or 64; None where the registry does not say."""
    for key, name in ((CLICK_TO_RUN, "Platform"), (OUTLOOK, "Bitness")):
        found = registry.value(key, name)
        if found in {"x64", "x86"}:
            return 64 if found == "x64" else 32
    return 32 if path and "program files (x86)" in path.lower() else None


def asr_state(registry: Registry, rule: str) -> int:
    """The state of a rule of Defender's: 0 off, 1 blocks, 2 only logs, 6 warns."""
    for key in ASR_RULES:
        for name in (rule, rule.upper()):
            found = registry.value(key, name)
            if found is not None:
                return int(found) if str(found).isdecimal() else 0
    managed = registry.value(ASR_MANAGED, "ASRRules")
    pairs = (pair.partition("=") for pair in str(managed or "").split("|"))
    states = {name.strip().strip("{}").lower(): state.strip() for name, _, state in pairs}
    state = states.get(rule, "0")
    return int(state) if state.isdecimal() else 0


def restrictions(registry: Registry) -> Iterator[Point]:
    """What policy and the user's own settings restrict: Defender's rules, VBA, macros, trusted locations, signed add-ins."""
    barred = [rule for rule in ASR_WORDS if asr_state(registry, rule) in {BLOCKS, WARNS}]
    for rule in barred:
        yield Point("defender-rule", ASR_WORDS[rule].filled(rule=rule), ASR_REMEDY)
    if not barred:
        yield Point("defender-rule", NO_ASR)
    if registry.value(COMMON_POLICY, "VBAOff") == 1:
        yield Point("vba-off", VBA_OFF, VBA_REMEDY)
    yield _macros(registry)
    if registry.value(rf"{POLICY}\Trusted Locations", "AllLocationsDisabled") == 1:
        yield Point("trusted-locations", LOCATIONS_OFF, POLICY_REMEDY)
    if registry.value(POLICY, "RequireAddinSig") == 1 or registry.value(SECURITY, "RequireAddinSig") == 1:
        yield Point("signed-addins", ADDINS_SIGNED, POLICY_REMEDY)


def _macros(registry: Registry) -> Point:
    """The macro setting: a policy overrides the user's own; without either, Excel asks, which is fine."""
    ruled = registry.value(POLICY, "VBAWarnings")
    value = ruled if ruled is not None else registry.value(SECURITY, "VBAWarnings")
    state = int(value) if value is not None and str(value).isdecimal() else 2
    by = BY_POLICY if ruled is not None else Text("", "")
    for wanted, words, remedy in ((ALL_OFF, MACROS_OFF, MACROS_REMEDY), (SIGNED_ONLY, MACROS_SIGNED, SIGNED_REMEDY)):
        if state == wanted:
            return Point("macro-setting", words.filled(value=state, by=by), remedy)
    return Point("macro-setting", MACROS.filled(value=state))
