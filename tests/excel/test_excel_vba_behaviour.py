"""What the VBA does around a call: error values and their words, a missing Python, the start, the buttons. Run in memory."""

import re

import pytest
from excel_in_memory import CONFIGURATION, DLL, PYTHON, ExcelInMemory
from pyopenvba.exceptions import VBARuntimeError
from pyopenvba.interpreter import VBAObject, method
from pyopenvba.interpreter._values import VBAErrorValue

from warmap import VERSION
from warmap.functions import FUNCTIONS
from warmap_addin.excel.configuration import XLWINGS_VERSION
from warmap_addin.excel.messages import DOCTOR, MESSAGES
from warmap_addin.excel.project import book_text, module_texts, source
from warmap_addin.excel.words import MOST

VALUE, NAME, NOT_AVAILABLE = 2015, 2029, 2042
TRACEBACK = 'Unexpected Python Error: Traceback (most recent call last):\n  File "x.py", line 30, in _run\n    raise ValueError(message) from None\n'


class Server(VBAObject):
    """Python as a test wants it: a value, or the text of an error."""

    vba_type_name = "XLPython"

    def __init__(self, answer="", error=""):
        self.answer, self.error, self.calls, self.statements = answer, error, [], []

    def _maybe(self):
        if self.error:
            raise VBARuntimeError(1000, self.error)

    @method
    def CallUDF(self, module, name, given):  # noqa: N802  xlwings' name
        self.calls.append(str(name))
        self._maybe()
        return self.answer

    @method
    def Module(self, name):  # noqa: N802
        return str(name)

    @method
    def SetAttr(self, holder, name, value):  # noqa: N802
        self.statements.append((str(holder), str(name), type(value).__name__))

    @method
    def Exec(self, statement):  # noqa: N802
        self.statements.append(str(statement))
        self._maybe()


def excel(small, server=None, lang="en", **named):
    """A small war map, called from one of its cells."""
    found = ExcelInMemory(small[lang], **named)
    found.bridge.server = Server() if server is None else server
    found.host.caller = (
        found.app.interpreter.host.global_object("thisworkbook").vba_get("Worksheets", [1]).vba_get("Range", ["B4"])
    )
    return found


def value(excel, expression):
    excel.app.add_module(f"Public Function Asked()\nAsked = {expression}\nEnd Function\n", name="Question")
    answer = excel.app.run("Asked")
    return answer.number if isinstance(answer, VBAErrorValue) else answer


CONTACTS = 'ThisWorkbook.Names("wm_contacts").RefersToRange'
HERE = 'ThisWorkbook.Worksheets(1).Range("B4")'


class TestAWrongInput:
    """A real error value in the cell; its words in the log and for WARMAP.WHY."""

    @pytest.mark.parametrize(
        ("raised", "shown", "words"),
        [
            ("ValueError: #VALUE! 参数不对 / the argument is wrong", VALUE, "参数不对 / the argument is wrong"),
            ("ValueError: #N/A 没有 / there is none", NOT_AVAILABLE, "没有 / there is none"),
            ("ValueError: #NAME? 没有函数 / no function", NAME, "没有函数 / no function"),
            ("KeyError: 'contacts'", VALUE, None),
        ],
    )
    def test_the_error_value_is_the_one_python_names(self, small, raised, shown, words):
        found = excel(small, Server(error=TRACEBACK + raised))
        assert value(found, f"ROLE_COVERAGE({CONTACTS})") == shown
        assert (words or raised) in value(found, f"WarmapWhy({HERE})")
        assert (words or raised) in found.log

    def test_an_input_without_a_traceback_is_understood_too(self, small):
        found = excel(small, Server(error="#N/A nothing"))
        assert value(found, f"ROLE_COVERAGE({CONTACTS})") == NOT_AVAILABLE
        assert value(found, f"WarmapWhy({HERE})") == "nothing"

    def test_the_words_go_when_the_cell_is_right_again(self, small):
        found = excel(small, Server(error="#N/A nothing"))
        value(found, f"ROLE_COVERAGE({CONTACTS})")
        found.bridge.server.error, found.bridge.server.answer = "", 0.5
        assert value(found, f"ROLE_COVERAGE({CONTACTS})") == 0.5
        assert value(found, f"WarmapWhy({HERE})") == MESSAGES["nothing_known"].en

    def test_the_same_words_are_logged_once(self, small):
        found = excel(small, Server(error="#N/A nothing"))
        for _ in range(3):
            value(found, f"ROLE_COVERAGE({CONTACTS})")
        assert found.log.count("nothing") == 1

    def test_called_from_code_it_is_an_error_value_too(self, small):
        found = excel(small, Server(error="#N/A nothing"))
        found.host.caller = None
        assert value(found, f"ROLE_COVERAGE({CONTACTS})") == NOT_AVAILABLE


OTHER = {"python": PYTHON, "xlwings": "0.30.0"}


class TestNoPython:
    """One clear sentence that says what to do; every cell shows an error value at once, and nothing is tried thirty times."""

    FAULTS = (
        ("not_installed", {"configuration": None}, {}, ()),
        ("python_missing", {}, {"without": PYTHON}, (PYTHON,)),
        ("xlwings_version", {"configuration": OTHER}, {}, ("0.30.0", XLWINGS_VERSION)),
        ("dll_missing", {}, {"without": DLL}, ("xlwings64.dll", DLL.rpartition("\\")[0])),
        ("dll_refused", {}, {"load_error": 193}, (DLL, "193")),
        ("python_stopped", {}, {"server": "Python process exited before it was possible to create the interface object."},
         ("Python process exited before it was possible to create the interface object.",)),
    )  # fmt: skip

    def broken(self, small, named, fault, lang):
        found = excel(small, lang=lang, **named)
        found.files.pop(fault.get("without"), None)
        found.bridge.load_error = fault.get("load_error", 0)
        found.bridge.server = fault.get("server", found.bridge.server)
        return found

    @pytest.mark.parametrize("lang", ["zh", "en"])
    @pytest.mark.parametrize(("code", "named", "fault", "facts"), FAULTS, ids=[fault[0] for fault in FAULTS])
    def test_the_words_name_what_is_wrong_and_the_cell_shows_an_error(self, small, code, named, fault, facts, lang):
        found = self.broken(small, named, fault, lang)
        expected = MESSAGES[code].to(lang)
        for place, fact in enumerate(facts, 1):
            expected = expected.replace(f"{{{place}}}", fact)
        assert value(found, "VERSION()") == VALUE
        assert value(found, "WarmapFault()") == expected
        assert value(found, f"WHY({HERE})") == expected
        assert expected in found.log

    def test_every_sentence_says_what_to_do(self):
        for code in ("python_missing", "xlwings_version", "dll_missing", "dll_refused", "python_stopped"):
            assert MESSAGES[code].zh.endswith(DOCTOR.zh)
            assert MESSAGES[code].en.endswith(DOCTOR.en)
        assert "warmap addin install --host excel" in MESSAGES["not_installed"].en

    def test_thirty_cells_start_python_once(self, small):
        found = excel(small, "Could not create Python process.")
        assert {value(found, "VERSION()") for _ in range(30)} == {VALUE}
        assert len(found.bridge.commands) == 1

    def test_asked_to_try_again_it_does(self, small):
        found = excel(small, "Could not create Python process.")
        value(found, "VERSION()")
        found.bridge.server = Server(answer=VERSION)
        assert value(found, "VERSION()") == VALUE
        found.app.run("WarmapTryAgain")
        assert value(found, "VERSION()") == VERSION

    def test_python_starts_isolated_from_the_configured_path(self, small):
        found = excel(small, Server(answer=VERSION))
        value(found, "VERSION()")
        assert found.bridge.commands == [f'"{PYTHON}" -I -B -c "import xlwings; xlwings.serve(\'$(CLSID)\')"']


class TestTheStart:
    def warmed_up(self, small, server, lang="en", **named):
        found = excel(small, server, lang, **named)
        found.app.run("WarmapWarmUp")
        return found

    def messages(self, found):
        return [dialog[1] for dialog in found.app.dialogs]

    def test_all_is_well_and_nothing_is_said(self, small):
        found = self.warmed_up(small, Server(answer=VERSION))
        assert self.messages(found) == []
        assert found.bridge.server.calls[0] == "VERSION"

    def test_older_functions_are_named(self, small):
        found = self.warmed_up(small, Server(answer="0.0.9"))
        assert self.messages(found) == [MESSAGES["functions_older"].en.replace("{1}", "0.0.9").replace("{2}", VERSION)]

    @pytest.mark.parametrize("newer", ["0.1.1", "0.10.0", "1.0", "0.1.0.1"])
    def test_newer_functions_are_welcome(self, small, newer):
        assert self.messages(self.warmed_up(small, Server(answer=newer))) == []

    def test_functions_that_do_not_import_are_named(self, small):
        found = self.warmed_up(small, Server(error=TRACEBACK + "ModuleNotFoundError: No module named 'warmap_udfs'"))
        assert len(self.messages(found)) == 1
        assert "No module named 'warmap_udfs'" in self.messages(found)[0]

    def test_a_reader_without_the_add_in_is_not_bothered(self, small):
        found = self.warmed_up(small, Server(), configuration=None)
        assert self.messages(found) == []
        assert found.host.status_bar == MESSAGES["not_installed"].en

    def test_a_broken_installation_is_said_once(self, small):
        found = self.warmed_up(small, "Could not create Python process.")
        assert len(self.messages(found)) == 1
        assert DOCTOR.en in self.messages(found)[0]

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_the_function_wizard_gets_every_text(self, small, lang):
        found = self.warmed_up(small, Server(answer=VERSION), lang)
        assert len(found.host.options) == len(FUNCTIONS)
        for (macro, description, category, arguments), function in zip(
            found.host.options, FUNCTIONS.values(), strict=True
        ):
            assert str(macro).endswith(f"'!{function.name}")
            assert str(description) == function.help.to(lang)
            assert str(category) == "WARMAP"
            given = [str(text) for text in arguments.elements()] if function.arguments else []
            assert given == [argument.help.to(lang) for argument in function.arguments]
            assert max(map(len, [str(description), *given])) <= MOST

    def test_texts_follow_a_language_set_for_the_computer(self, small):
        found = self.warmed_up(small, Server(answer=VERSION), "zh", configuration={**CONFIGURATION, "language": "en"})
        assert str(found.host.options[0][1]) == FUNCTIONS["ROLE_COVERAGE"].help.en


class TestAButton:
    def test_it_runs_its_macro_on_the_active_workbook(self, small):
        found = excel(small)
        assert value(found, 'WarmapRun("check_map")') is True
        assert found.bridge.server.statements == [
            ("xlwings._xlwindows", "BOOK_CALLER", "Book"),
            "import warmap_addin.macros; warmap_addin.macros.check_map()",
        ]

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_a_macro_that_fails_says_the_last_line_and_logs_the_rest(self, small, lang):
        broken = Server(error="Unexpected Python Error: Traceback\n  File x, line 1\nValueError: it broke\n")
        found = excel(small, broken, lang)
        assert value(found, 'WarmapRun("submit")') is False
        said = MESSAGES["macro_failed"].to(lang).replace("{1}", "it broke")
        assert [dialog[1] for dialog in found.app.dialogs] == [said]
        assert "File x, line 1" in found.log

    def test_an_excel_that_nobody_sees_shows_no_message(self, small):
        found = excel(small, Server(error="it broke"))
        type(found.host).shown = False
        try:
            value(found, 'WarmapRun("submit")')
        finally:
            type(found.host).shown = True
        assert found.app.dialogs == []
        assert "it broke" in found.log


class TestOpening:
    """The code behind the workbook itself, and what it hands over to."""

    def opened(self, small, kind):
        found = excel(small, kind=kind)
        found.app.add_module(book_text(kind), name="ThisWorkbook", kind="document")
        return found

    def test_the_macro_workbook_leaves_the_rest_until_excel_has_drawn_it(self, small):
        found = self.opened(small, "xlsm")
        found.app.run("ThisWorkbook.Workbook_Open")
        assert [str(planned) for planned in found.host.planned] == [f"'{found.book.name}'!WarmapWarmUp"]
        assert found.bridge.commands == []

    @pytest.mark.parametrize(
        ("module", "procedure"),
        [
            ("ThisWorkbook.book.cls", "WarmapWarmUp"),
            ("ThisWorkbook.addin.cls", "WarmapDescribe"),
            ("ThisWorkbook.addin.cls", "WarmapWatch"),
        ],
    )
    def test_what_it_calls_by_name_is_a_public_sub_without_arguments(self, module, procedure):
        assert procedure in source(module)
        assert f"Public Sub {procedure}()\n" in "\n".join(module_texts("xlam").values())

    def test_the_add_in_does_not_start_python_with_excel(self):
        assert "WarmapWarmUp" not in book_text("xlam")
        assert "WarmapConnected" not in book_text("xlam")

    def test_the_events_have_excels_own_parameters(self):
        handlers = dict(re.findall(r"Private Sub Host_(\w+)\(([^)]*)\)", module_texts("xlam")["WarmapEvents"]))
        assert handlers == dict.fromkeys(
            ("WorkbookOpen", "WorkbookActivate", "WorkbookDeactivate"), "ByVal Wb As Workbook"
        )

    @pytest.mark.parametrize("was_saved", [True, False])
    def test_a_workbook_that_was_only_opened_is_not_asked_to_be_saved(self, small, was_saved):
        found = excel(small, Server(answer=VERSION))
        found.book.saved = was_saved
        found.app.run("WarmapWarmUp")
        assert bool(found.book.saved) is was_saved


class TestAWarMapOpensWhileTheAddInIsLoaded:
    def opened(self, small, server, live=0, **named):
        found = excel(small, server, kind="xlam", **named)
        found.app.sheet("_marks").set_value("B3", live)
        return found

    def event(self, found):
        found.app.add_module(
            "Public Sub Go()\nDim events As New WarmapEvents\nevents.Host_WorkbookOpen ActiveWorkbook\nEnd Sub\n",
            name="Question",
        )
        found.app.run("Go")
        return found

    def test_python_is_started_for_it(self, small):
        assert self.event(self.opened(small, Server(answer=VERSION), live=1)).bridge.server.calls == ["VERSION"]

    def test_a_macro_workbook_looks_after_itself(self, small):
        found = self.opened(small, Server(answer=VERSION))
        found.book.has_macros = True
        assert self.event(found).bridge.commands == []

    def test_a_workbook_with_macros_of_somebody_elses_is_connected(self, small):
        found = self.opened(small, Server(answer=VERSION))
        value(found, 'WarmapSay("title")')  # the words are read once, from the name that goes now
        found.app.add_module('Public Sub Drop()\nActiveWorkbook.Names("wm_words").Delete\nEnd Sub\n', name="Dropping")
        found.app.run("Drop")
        found.book.has_macros = True
        assert self.event(found).bridge.server.calls == ["VERSION"]

    def test_other_workbooks_are_let_alone(self, small):
        found = self.opened(small, Server(answer=VERSION))
        found.app.sheet("_marks").set_value("B1", "something else")
        assert self.event(found).bridge.commands == []
        assert found.app.dialogs == []

    def test_results_that_were_stored_are_brought_alive(self, small):
        found = self.event(self.opened(small, Server(answer=VERSION)))
        assert found.host.calculated >= 1
