"""What the VBA does when a workbook or the add-in opens: help texts, the start of Python, connecting. Run in memory."""

import re

import pytest
from excel_in_memory import CONFIGURATION
from small_war_map import Server, excel, value

from warmap import VERSION
from warmap.worksheet import FUNCTIONS
from warmap_addin.excel.project import DOCTOR, MESSAGES, MOST, book_text, module_texts, source


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
        assert found.bridge.server.calls == ["VERSION"]

    def test_older_functions_are_named(self, small):
        found = self.warmed_up(small, Server(answer="0.0.9"))
        assert self.messages(found) == [MESSAGES["functions_older"].en.replace("{1}", "0.0.9").replace("{2}", VERSION)]

    @pytest.mark.parametrize("newer", ["0.1.1", "0.10.0", "1.0", "0.1.0.1"])
    def test_newer_functions_are_welcome(self, small, newer):
        assert self.messages(self.warmed_up(small, Server(answer=newer))) == []

    def test_functions_that_are_not_there_are_named_in_one_line(self, small):
        found = self.warmed_up(small, Server(error="a function that is not there"))
        assert self.messages(found) == [
            MESSAGES["functions_missing"].en.replace("{1}", "module 'warmap_udfs.excel' has no attribute 'NO_SUCH'")
        ]
        assert "call_udf" in found.log, "the rest is for whoever helps"

    def test_a_reader_without_the_add_in_is_not_bothered(self, small):
        found = self.warmed_up(small, Server(), configuration=None)
        assert self.messages(found) == []
        assert found.host.status_bar == MESSAGES["not_installed"].en

    def test_a_broken_installation_is_said_once(self, small):
        found = self.warmed_up(small, "no such program")
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
        ) | {"WorkbookBeforeSave": "ByVal Wb As Workbook, ByVal SaveAsUI As Boolean, Cancel As Boolean"}

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
