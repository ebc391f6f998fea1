"""What the VBA does around a call and a button: error values and their words, a missing Python. Run in memory."""

import pytest
from excel_in_memory import DLL, PYTHON
from small_war_map import CONTACTS, HERE, Server, excel, value
from windows_in_memory import RECORDED

from warmap import VERSION
from warmap_addin.excel.machine import XLWINGS_VERSION
from warmap_addin.excel.project import DOCTOR, MESSAGES

VALUE, NAME, NOT_AVAILABLE = 2015, 2029, 2042
NOTHING = "\x01#N/A nothing"


class TestAWrongInput:
    """A real error value in the cell; its words in the log and for WARMAP.WHY."""

    @pytest.mark.parametrize(
        ("raised", "shown", "words"),
        [
            ("#VALUE! 参数不对 / the argument is wrong", VALUE, "参数不对 / the argument is wrong"),
            ("#N/A 没有 / there is none", NOT_AVAILABLE, "没有 / there is none"),
            ("#NAME? 没有函数 / no function", NAME, "没有函数 / no function"),
            ("#VALUE! KeyError: 'contacts'\nTraceback", VALUE, "KeyError: 'contacts'\nTraceback"),
        ],
    )
    def test_the_error_value_is_the_one_python_names(self, small, raised, shown, words):
        """It comes as a marked text: of an exception the DLL drops the first line and what its code page does not have."""
        found = excel(small, Server(answer=f"\x01{raised}"))
        assert value(found, f"ROLE_COVERAGE({CONTACTS})") == shown
        assert value(found, f"WarmapWhy({HERE})") == words
        assert words in found.log

    def test_an_exception_that_crossed_all_the_same_is_an_error_value_with_its_words(self, small):
        found = excel(small, Server(error="a function that is not there"))
        assert value(found, f"ROLE_COVERAGE({CONTACTS})") == VALUE
        assert value(found, f"WarmapWhy({HERE})") == RECORDED["1252"]["a function that is not there"]

    def test_the_words_go_when_the_cell_is_right_again(self, small):
        found = excel(small, Server(answer=NOTHING))
        value(found, f"ROLE_COVERAGE({CONTACTS})")
        found.bridge.server.answer = 0.5
        assert value(found, f"ROLE_COVERAGE({CONTACTS})") == 0.5
        assert value(found, f"WarmapWhy({HERE})") == MESSAGES["nothing_known"].en

    def test_the_same_words_are_logged_once(self, small):
        found = excel(small, Server(answer=NOTHING))
        for _ in range(3):
            value(found, f"ROLE_COVERAGE({CONTACTS})")
        assert found.log.count("nothing") == 1

    def test_called_from_code_it_is_an_error_value_too(self, small):
        found = excel(small, Server(answer=NOTHING))
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
        *(("python_stopped", {}, {"server": case}, (RECORDED["1252"][case].partition("\n")[0],))
          for case in ("no such program", "a program that ends at once", "started again under the same command")),
    )  # fmt: skip

    def broken(self, small, named, fault, lang):
        found = excel(small, lang=lang, **named)
        found.files.pop(fault.get("without"), None)
        found.bridge.load_error = fault.get("load_error", 0)
        found.bridge.server = fault.get("server", found.bridge.server)
        return found

    @pytest.mark.parametrize("lang", ["zh", "en"])
    @pytest.mark.parametrize(
        ("code", "named", "fault", "facts"), FAULTS, ids=[fault[2].get("server", fault[0]) for fault in FAULTS]
    )
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
        found = excel(small, "no such program")
        assert {value(found, "VERSION()") for _ in range(30)} == {VALUE}
        assert len(found.bridge.commands) == 1

    def test_asked_to_try_again_it_does(self, small):
        found = excel(small, "no such program")
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
        assert found.bridge.commands == [f'"{PYTHON}" -I -B -c "import xlwings; xlwings.serve(\'$(CLSID)\') #1"']

    def test_each_start_has_a_command_of_its_own(self, small):
        """The DLL knows a Python by its command: one that ended, and of which something is still held, would be found again."""
        found = excel(small, Server(answer=VERSION))
        value(found, "VERSION()")
        found.app.run("WarmapStopPython")
        value(found, "VERSION()")
        first, second = found.bridge.commands
        assert first != second

    def test_xlwings_is_kept_from_trying_for_ever_while_excel_is_busy(self, small):
        server = Server(answer=VERSION)
        found = excel(small, server)
        value(found, "VERSION()")
        value(found, f"ROLE_COVERAGE({CONTACTS})")
        assert server.bounds == [2000]


class TestWhatIsHandedOver:
    """Values, so that nothing is asked of Excel while Python computes; the cell itself only where its formula is needed."""

    def handed(self, small, call, **book):
        server = Server(answer=0.5)
        found = excel(small, server)
        found.book.counts_from_1904 = book.get("counts_from_1904", False)
        value(found, call)
        return [type(one).__name__ for one in server.given[-1].elements()]

    def test_a_range_goes_as_its_values(self, small):
        assert self.handed(small, f"ROLE_COVERAGE({CONTACTS})")[0] == "VBAArray"

    def test_so_it_does_under_a_bare_name(self, small):
        assert self.handed(small, f"WARMAP_ROLE_COVERAGE({CONTACTS})") == ["VBAArray"]

    def test_where_days_are_counted_from_1904_it_goes_with_its_dates(self, small):
        assert self.handed(small, f"ROLE_COVERAGE({CONTACTS})", counts_from_1904=True)[0] == "VBAArray"

    def test_why_gets_the_cell(self, small):
        assert self.handed(small, f"WHY({HERE})")[0] == "Range"

    def test_the_version_is_asked_for_once(self, small):
        """Every formula of a workbook asks for it first."""
        server = Server(answer=VERSION)
        found = excel(small, server)
        assert {value(found, "VERSION()") for _ in range(30)} == {VERSION}
        assert server.calls == ["VERSION"]

    def test_python_restarted_it_is_asked_for_again(self, small):
        server = Server(answer=VERSION)
        found = excel(small, server)
        value(found, "VERSION()")
        found.app.run("WarmapStopPython")
        value(found, "VERSION()")
        assert server.calls == ["VERSION", "VERSION"]


class TestAButton:
    def test_it_runs_its_macro_on_the_active_workbook(self, small):
        found = excel(small)
        found.app.run("WarmapRun", "check_map")
        assert found.bridge.server.statements == [
            ("xlwings._xlwindows", "BOOK_CALLER", "Book"),
            "warmap_addin.macros.check_map",
        ]

    def test_its_words_are_shown_by_excel_once_python_has_answered(self, small):
        found = excel(small, Server(said={"about": "\x01War Map 0.1"}))
        found.app.run("WarmapRun", "about")
        assert [dialog[1] for dialog in found.app.dialogs] == ["War Map 0.1"]

    def test_one_without_words_shows_nothing(self, small):
        found = excel(small, Server(said={"settings": "\x01"}))
        found.app.run("WarmapRun", "settings")
        assert found.app.dialogs == []

    def test_one_that_can_be_taken_back_is_offered_to_excels_undo(self, small):
        found = excel(small, Server(said={"plan_it": "undo\x01Planned."}))
        found.app.run("WarmapRun", "plan_it")
        assert found.host.undo == (MESSAGES["undo"].en, f"'{found.book.name}'!WarmapUndo")
        found.app.run("WarmapUndo")
        assert found.bridge.server.statements[-1] == "warmap_addin.macros.undo"

    @pytest.mark.parametrize(("answers_yes", "then"), [(True, ["submit"]), (False, [])])
    def test_one_that_asks_is_followed_by_what_yes_means(self, small, answers_yes, then):
        found = excel(small, Server(said={"ask_submit": "submit\x01Submit x.xlsx?", "submit": "\x01Saved."}))
        found.bridge.answers_yes = answers_yes
        found.app.run("WarmapRun", "ask_submit")
        assert found.bridge.asked == ["Submit x.xlsx?"]
        ran = [one.rpartition(".")[2] for one in found.bridge.server.statements if isinstance(one, str)]
        assert ran == ["ask_submit", *then]
        assert [dialog[1] for dialog in found.app.dialogs] == (["Saved."] if answers_yes else [])

    @pytest.mark.parametrize(("page", "words"), [("1252", "it broke / ???"), ("936", "it broke / 出了")])
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_a_macro_that_fails_says_why_in_one_line_and_logs_the_rest(self, small, lang, page, words):
        """With the letters that the code page leaves of it."""
        found = excel(small, Server(error="a statement that fails", page=page), lang)
        found.app.run("WarmapRun", "submit")
        assert [dialog[1] for dialog in found.app.dialogs] == [MESSAGES["macro_failed"].to(lang).replace("{1}", words)]
        assert "com_server.py" in found.log

    def test_an_excel_that_nobody_sees_shows_no_message(self, small):
        found = excel(small, Server(error="a statement that fails"))
        type(found.host).shown = False
        try:
            found.app.run("WarmapRun", "submit")
        finally:
            type(found.host).shown = True
        assert found.app.dialogs == []
        assert "it broke" in found.log
