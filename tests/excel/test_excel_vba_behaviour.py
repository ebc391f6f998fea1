"""What the VBA does around a call and a button: error values and their words, a missing Python. Run in memory."""

import pytest
from excel_in_memory import DLL, PYTHON
from small_war_map import CONTACTS, HERE, Server, excel, value

from warmap import VERSION
from warmap_addin.excel.machine import XLWINGS_VERSION
from warmap_addin.excel.project import DOCTOR, MESSAGES

VALUE, NAME, NOT_AVAILABLE = 2015, 2029, 2042
TRACEBACK = 'Unexpected Python Error: Traceback (most recent call last):\n  File "x.py", line 30, in _run\n    raise ValueError(message) from None\n'


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

    def test_a_path_that_the_dll_could_not_read_is_handed_over_by_its_short_name(self, small):
        """The DLL takes text in the computer's code page: on an English Windows a Chinese user name would be lost."""
        python = PYTHON.replace("rep", "李雷")
        found = excel(small, Server(answer=VERSION), configuration={"python": python, "xlwings": XLWINGS_VERSION})
        found.files |= {python: "", DLL.replace("rep", "李雷"): ""}
        assert value(found, "VERSION()") == VERSION
        assert found.bridge.commands[0].startswith(f'"{PYTHON.replace("rep", "USER~1")}" ')

    def test_python_starts_isolated_from_the_configured_path(self, small):
        found = excel(small, Server(answer=VERSION))
        value(found, "VERSION()")
        assert found.bridge.commands == [f'"{PYTHON}" -I -B -c "import xlwings; xlwings.serve(\'$(CLSID)\')"']


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
