"""The VBA as text: our modules and nothing else, nothing an analyser objects to, the same functions as everywhere."""

import re
import warnings

import pytest
from excel_in_memory import BRIDGE
from pyopenvba import ExcelFile
from pyopenvba.cfb import CFB
from pyopenvba.vba import decompress
from pyvbaanalysis import analyze_workbook

from warmap.text import LANGUAGES
from warmap.worksheet import FUNCTIONS
from warmap_addin.excel import project
from warmap_addin.excel.added_parts import parts_of
from warmap_addin.excel.build import book_name
from warmap_addin.excel.machine import ADDIN_FILE, XLWINGS_VERSION
from warmap_addin.excel.project import MESSAGES, PROJECT_NAME, book_text, module_texts

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # oletools' own use of pyparsing
    from oletools.olevba import VBA_Parser

EVERY_MODULE = [*module_texts("xlam").items(), ("ThisWorkbook", book_text("xlsm")), ("the add-in", book_text("xlam"))]
BOOKS = tuple(map(book_name, LANGUAGES))
EVERY_FILE = (*BOOKS, ADDIN_FILE)
IN_EVERY_FILE = {
    "WARMAP", "WarmapBridge", "WarmapConnect", "WarmapFiles", "WarmapLast", "WarmapLocks", "WarmapNames", "WarmapPython",
    "WarmapStart", "WarmapWords",
}  # fmt: skip
IN_THE_ADDIN = {"WarmapRibbon", "WarmapEvents"}
CLASHES = {"NEEDS": "needs", "COMPETITION": "competition", "NEGOTIATION": "negotiation"}
# Text in the code that would bring something in from outside, or run what lies beside a workbook.
FORBIDDEN = re.compile(
    r"https?:|XMLHTTP|WinHttp|URLDownload|WScript|(?<!_)Shell\b|AppActivate|ThisWorkbook\.Path|ActiveWorkbook\.Path|CurDir|"
    r"VBProject\.|ExecuteExcel4Macro|CallByName",
    re.IGNORECASE,
)


def written(path):
    """The text of each module, by name, as olevba reads it out of the file."""
    parser = VBA_Parser(str(path))
    try:
        return {name.rpartition(".")[0]: code for _, _, name, code in parser.extract_macros()}
    finally:
        parser.close()


def code_of(text):
    return "\n".join(line for line in text.splitlines() if not line.startswith("Attribute ")).strip()


@pytest.mark.parametrize("name", EVERY_FILE)
class TestTheProject:
    def test_olevba_lists_our_modules_and_nothing_else(self, built, name):
        with_code = {module for module, text in written(built / name).items() if code_of(text)}
        assert with_code == IN_EVERY_FILE | {"ThisWorkbook"} | (IN_THE_ADDIN if name == ADDIN_FILE else set())

    def test_what_is_in_the_file_is_what_we_wrote(self, built, name):
        found = written(built / name)
        for module, text in module_texts("xlam" if name == ADDIN_FILE else "xlsm").items():
            assert code_of(found[module].replace("\r\n", "\n")) == code_of(text.partition("END\n")[2] or text) or (
                module in IN_THE_ADDIN
            )

    def test_the_project_is_sound_and_not_named_like_the_module(self, built, name):
        with ExcelFile(built / name) as file:
            assert file.validate() == []
            assert file.vba_project().name == PROJECT_NAME != project.MODULE
            assert {reference.name for reference in file.references()} == {"stdole", "Office"}

    def test_every_module_declares_its_variables(self, built, name):
        for module, text in written(built / name).items():
            assert not code_of(text) or "Option Explicit" in text, module

    def test_nothing_is_fetched_and_nothing_beside_a_workbook_is_run(self, built, name):
        for module, text in written(built / name).items():
            code = "\n".join(line.partition("'")[0] if '"' not in line else line for line in text.splitlines())
            assert not FORBIDDEN.search(code), (module, FORBIDDEN.search(code))


@pytest.mark.parametrize("name", [book_name("zh"), ADDIN_FILE])
def test_pyvbaanalysis_reports_nothing(built, name):
    """The two workbooks hold the same text, as the tests above say."""
    assert {module: found for module, found in analyze_workbook(built / name).items() if found} == {}


class TestTheSources:
    """What keeps VBA the same on every computer, and within Excel's limits."""

    @pytest.mark.parametrize(("module", "text"), EVERY_MODULE)
    def test_the_text_is_plain_ascii_in_lines_vba_takes(self, module, text):
        assert text.isascii()
        lines = text.splitlines()
        assert max(map(len, lines)) <= 130
        continued = re.findall(r"(?:[^\n]* _\n)+", text)
        assert max((part.count("\n") for part in continued), default=0) <= 24

    @pytest.mark.parametrize(("module", "text"), EVERY_MODULE)
    def test_no_function_of_vba_that_knows_one_code_page_only(self, module, text):
        """MsgBox, Environ and files opened by VBA itself turn Chinese into question marks on an English Windows."""
        joined = re.sub(r"#If Mac Then.*?#Else", "", text, flags=re.DOTALL)
        found = re.findall(
            r"\b(MsgBox|InputBox|Environ\$?|StrConv|Chr\$?|Asc|Dir\$?|CurDir|Kill|FileLen)\b(?=[ (])", joined
        )
        assert not found
        assert not re.search(r"\bOpen .* For (Input|Output|Append|Binary)", joined)

    def test_every_message_vba_asks_for_is_there_and_none_is_left_over(self):
        asked = set()
        for text in module_texts("xlam").values():
            asked |= set(re.findall(r'(?:WarmapSay\(|Fail )"(\w+)"', text))
            asked |= {word for pair in re.findall(r'WarmapSay\(IIf\(.*?, "(\w+)", "(\w+)"\)', text) for word in pair}
        assert asked == set(MESSAGES)

    @pytest.mark.parametrize(("code", "text"), MESSAGES.items())
    def test_both_languages_are_given_the_same_facts(self, code, text):
        assert set(re.findall(r"\{\d\}", text.zh)) == set(re.findall(r"\{\d\}", text.en))

    def test_the_bridge_of_the_in_memory_excel_has_the_procedures_of_ours(self):
        ours, theirs = (
            re.findall(r"^Public (\w+ \w+\(.*)$", text, re.MULTILINE)
            for text in (module_texts("xlsm")["WarmapBridge"], BRIDGE)
        )
        assert sorted(ours) == sorted(theirs)

    def test_the_dll_is_named_once_a_bitness_and_bears_the_pinned_version(self):
        names = set(re.findall(r'Lib "(xlwings[^"]+)"', module_texts("xlsm")["WarmapBridge"]))
        assert names == {f"xlwings64-{XLWINGS_VERSION}.dll", f"xlwings32-{XLWINGS_VERSION}.dll"}


def declared(text):
    """Name and parameters of each Public Function."""
    joined = re.sub(r" _\n\s*", " ", text)
    return dict(re.findall(r"^(?:Public )?Function (\w+)\(([^)]*)\)", joined, re.MULTILINE))


class TestTheWrappers:
    def test_every_function_is_declared_once_with_the_arguments_of_the_table(self):
        found = declared(project.functions_module())
        assert list(found) == list(FUNCTIONS)
        for function in FUNCTIONS.values():
            expected = ", ".join(
                ("" if a.required else "Optional ") + project.argument_name(function, a) for a in function.arguments
            )
            assert found[function.name] == expected

    def test_no_argument_is_named_like_its_function(self):
        """VBA refuses to compile that; case does not count."""
        for function in FUNCTIONS.values():
            for argument in function.arguments:
                name = project.argument_name(function, argument)
                assert name.casefold() != function.name.casefold()
                assert (name != argument.name) == (CLASHES.get(function.name) == argument.name)

    def test_they_declare_what_xlwings_own_generator_declares(self, xlwings_session):
        """The same functions, arguments and optional ones: xlwings' own import of the module compiles as well."""
        theirs, ours = declared(xlwings_session["zh"]["generated"]), declared(project.functions_module())
        assert set(theirs) == set(ours)
        for name, parameters in ours.items():
            assert parameters == theirs[name]

    def test_the_generated_part_says_that_it_is_generated(self):
        assert "GENERATED" in project.functions_module().splitlines()[1]


ENTRIES = re.compile(
    r"^(?:Private|Public) Sub (Workbook_\w+|Host_\w+|WarmapRibbon\w+|WarmapWarmUp|WarmapKeepLast|ReconnectFunctions|Press|"
    r"WarmapRun|WarmapRefreshRibbon)\(.*?^End Sub",
    re.MULTILINE | re.DOTALL,
)
HANDED_ON = {"WarmapRibbonPressed", "Workbook_BeforeSave", "Host_WorkbookBeforeSave"}  # to one that handles


@pytest.mark.parametrize(("module", "text"), EVERY_MODULE)
def test_every_entry_from_excel_handles_its_errors(module, text):
    """Else Excel shows a box with *Debug* to a rep, and a reset empties every variable."""
    for found in ENTRIES.finditer(text):
        assert "On Error" in found[0] or found[1] in HANDED_ON, (module, found[1])


@pytest.mark.parametrize("name", EVERY_FILE)
class TestNothingCompiled:
    """Excel compiles the source itself: what another version compiled is at best of no use, at worst trusted."""

    def test_no_version_is_claimed_and_no_cache_is_there(self, built, name):
        compound = CFB.from_bytes(parts_of((built / name).read_bytes())[project.PROJECT_PART])
        assert compound.get_stream_in_storage("VBA", "_VBA_PROJECT").hex() == "cc61ffff000000"
        records = list(project.MODULE_RECORDS.finditer(decompress(compound.get_stream_in_storage("VBA", "dir"))))
        assert len(records) >= len(module_texts("xlam" if name == ADDIN_FILE else "xlsm"))
        assert {found[2] for found in records} == {bytes(4)}
        for found in records:
            assert decompress(compound.get_stream_in_storage("VBA", found[1].decode())).startswith(b"Attribute VB_Name")
