"""The ribbon: declared once; its XML, its callbacks and its words agree, in both languages."""

import re
from xml.etree import ElementTree as ET

import pytest
import small_war_map
from excel_in_memory import ExcelInMemory
from pyopenvba.interpreter import VBAObject, member, method

from warmap import VERSION
from warmap.text import LANGUAGES
from warmap_addin import macros
from warmap_addin.excel.added_parts import RIBBON_PART, RIBBON_RELATION, parts_of
from warmap_addin.excel.machine import ADDIN_FILE
from warmap_addin.excel.project import DOCTOR, MESSAGES, module_texts, words_rows
from warmap_addin.excel.ribbon import (
    BUTTONS,
    CALLBACKS,
    GROUPS,
    MORE_ID,
    NAMESPACE,
    ON_RIGHT_CLICK,
    STATUS,
    TAB_ID,
    TAB_LABEL,
    When,
)

IN_VBA = {"back", "reconnect", "restart_python"}  # must work without Python
PARAMETERS = {
    "onLoad": ("ribbon As IRibbonUI",),
    "getLabel": ("control As IRibbonControl", "ByRef returnedVal"),
    "getSupertip": ("control As IRibbonControl", "ByRef returnedVal"),
    "getEnabled": ("control As IRibbonControl", "ByRef returnedVal"),
    "getVisible": ("control As IRibbonControl", "ByRef returnedVal"),
    "onAction": ("control As IRibbonControl",),
}
# Those of Office's images that we use, as [MS-CUSTOMUI] (Microsoft's Open Specifications) lists them under imageMso.
IMAGES = {
    "AdvancedFileProperties", "CalculateNow", "ConvertTableToText", "FileNew", "FileSaveAs", "Help", "MacroPlay", "NewTask",
    "FilePrintPreview", "Organizer", "PropertySheet", "Refresh", "RefreshAll", "ReviewShowAllComments", "ReviewTrackChanges",
    "SetLanguage", "SmartArtInsert", "Spelling", "TableRowsInsertWord", "TechnicalSupport", "WebGoBack",
}  # fmt: skip
SUB = re.compile(r"^Public Sub (\w+)\(([^)]*)\)", re.MULTILINE)


@pytest.fixture(scope="module")
def xml(built):
    return ET.fromstring(parts_of((built / ADDIN_FILE).read_bytes())[RIBBON_PART])


class TestTheXml:
    def test_it_is_that_of_office_2010_under_the_relation_of_office_2010(self, built, xml):
        relations = parts_of((built / ADDIN_FILE).read_bytes())["_rels/.rels"].decode()
        assert xml.tag == f"{{{NAMESPACE}}}customUI"
        assert NAMESPACE.endswith("2009/07/customui")
        assert relations.count(RIBBON_RELATION) == relations.count("ui/extensibility") == 1

    def test_ids_are_unique(self, xml):
        ids = [element.get("id") for element in xml.iter() if element.get("id")]
        of_the_tab = len(BUTTONS) + len(GROUPS) + 3  # tab, menu, label
        assert len(ids) == len(set(ids)) == of_the_tab + len(ON_RIGHT_CLICK)

    def test_every_button_is_there_in_order_with_an_icon(self, xml):
        buttons = list(xml.find(f"{{{NAMESPACE}}}ribbon").iter(f"{{{NAMESPACE}}}button"))
        assert [b.get("tag") for b in buttons] == [button.id for button in BUTTONS]
        assert {b.get("imageMso") for b in xml.iter() if b.get("imageMso")} <= IMAGES

    def test_seven_buttons_and_one_menu_are_seen_at_once(self, xml):
        large = [element.tag.rpartition("}")[2] for element in xml.iter() if element.get("size") == "large"]
        assert sorted(large) == ["button"] * 7 + ["menu"]

    def test_every_one_of_them_has_a_key_of_its_own(self, xml):
        keys = [e.get("keytip") for e in xml.iter() if e.get("size") == "large"]
        assert len(keys) == len(set(keys)) == 8
        assert all(key.isalpha() and key.isupper() for key in keys)

    def test_a_right_click_offers_what_is_about_the_cell(self, xml):
        menu = xml.find(f"{{{NAMESPACE}}}contextMenus/{{{NAMESPACE}}}contextMenu")
        assert menu.get("idMso") == "ContextMenuCell"
        assert [button.get("tag") for button in menu] == ["explain_cell", "rows_for_contact"]
        assert {button.get("getVisible") for button in menu} == {CALLBACKS["getVisible"]}

    def test_every_callback_is_a_public_sub_with_the_right_parameters(self, xml):
        subs = dict(SUB.findall(module_texts("xlam")["WarmapRibbon"]))
        asked = {(name, value) for e in xml.iter() for name, value in e.attrib.items() if name in CALLBACKS}
        assert {name for name, _ in asked} == set(CALLBACKS)
        for name, sub in asked:
            assert subs[sub] == ", ".join(PARAMETERS[name])

    def test_no_other_attribute_of_the_ribbon_calls_vba(self, xml):
        calling = {name for e in xml.iter() for name in e.attrib if name.startswith(("get", "on"))}
        assert calling == set(CALLBACKS)


class TestTheDeclaration:
    def test_the_buttons_are_those_of_the_specification(self):
        assert {button.id for button in BUTTONS} == {
            "new_map", "weekly_update", "back", "check_map", "next_actions", "explain_cell", "rows_for_contact", "plan_it",
            "submit", "what_changed", "report", "relationship_picture", "export_json", "export_csv", "switch_language", "settings", "reconnect", "show_log", "restart_python", "about",
        }  # fmt: skip

    @pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.id)
    def test_a_button_runs_a_macro_of_python_or_is_vba_of_its_own(self, button):
        if button.id in IN_VBA:
            assert button.macro == ""
            assert f'Case "{button.id}"' in module_texts("xlam")["WarmapRibbon"]
        else:
            assert callable(getattr(macros, button.macro))

    def test_no_text_is_longer_than_office_takes(self):
        texts = [text for b in BUTTONS for text in (b.label, b.tip)] + [g.label for g in GROUPS] + [TAB_LABEL]
        assert max(len(text.to(lang)) for text in texts for lang in LANGUAGES) <= 255

    def test_every_button_group_and_tab_has_its_words(self):
        codes = {row[0] for row in words_rows()}
        assert {f"ribbon.{b.id}.{what}" for b in BUTTONS for what in ("label", "tip", "when", "macro")} <= codes
        assert {f"ribbon.{code}.label" for code in (TAB_ID, MORE_ID, *(g.id for g in GROUPS))} <= codes


class Control(VBAObject):
    """What Office hands to a callback."""

    vba_type_name = "IRibbonControl"

    def __init__(self, tag):
        self.tag = tag

    @member
    def Tag(self):  # noqa: N802  Office's name
        return self.tag


@pytest.fixture(scope="module")
def addin(built):
    return ExcelInMemory(built / ADDIN_FILE, "xlam")


@pytest.fixture(scope="module")
def book(filled):
    return ExcelInMemory(filled["zh"], "xlam")


class Server(VBAObject):
    """Python, remembering what it was asked."""

    vba_type_name = "XLPython"

    def __init__(self):
        self.statements = []

    @method
    def Module(self, name):  # noqa: N802  xlwings' names
        return name

    @method
    def SetAttr(self, holder, name, value):  # noqa: N802
        pass

    @method
    def Call(self, module, name):  # noqa: N802
        self.statements.append(f"{module}.{name}")
        return "\x01"

    @method
    def Var(self, given):  # noqa: N802
        return given


class Jumping(Server):
    """A macro that leads to a cell."""

    def __init__(self, excel, to):
        super().__init__()
        self.excel, self.to = excel, to

    @method
    def Call(self, module, name):  # noqa: N802
        self.excel.app.sheet("Map").sheet.vba_get("Range", [self.to]).vba_call("Select")
        return "\x01"


class Ribbon(VBAObject):
    """Office's own object, by which the ribbon is asked to look again."""

    vba_type_name = "IRibbonUI"

    def __init__(self):
        self.invalidated = 0

    @method
    def Invalidate(self):  # noqa: N802
        self.invalidated += 1


class TestAPress:
    def pressed(self, small, button, server):
        excel = ExcelInMemory(small["en"], "xlam")
        excel.bridge.server = server
        excel.app.run("WarmapRibbonPressed", Control(button))
        return excel

    @pytest.mark.parametrize("button", [b for b in BUTTONS if b.macro], ids=lambda button: button.id)
    def test_it_runs_the_macro_of_the_button(self, small, button):
        server = Server()
        assert self.pressed(small, button.id, server).app.dialogs == []
        assert server.statements == [f"warmap_addin.macros.{button.macro}"]

    @pytest.mark.parametrize("button", ["show_log", "about"])
    def test_log_and_about_say_what_is_wrong_where_there_is_no_python(self, small, button):
        excel = self.pressed(small, button, "no such program")
        assert VERSION in excel.app.dialogs[0][1]
        assert "Could not create Python process." in excel.app.dialogs[0][1]

    def test_the_keyboard_starts_the_weekly_update(self, small):
        excel = self.pressed(small, "about", Server())
        assert excel.host.keys == {"^+w": f"'{excel.book.name}'!WarmapWeekly"}
        excel.app.run("WarmapWeekly")
        assert excel.bridge.server.statements[-1] == "warmap_addin.macros.weekly_update"

    def test_back_leads_to_the_cell_before_the_last_jump(self, small):
        excel = ExcelInMemory(small["en"], "xlam")
        jumps = excel.bridge.server = Jumping(excel, "A2")
        for cell in ("A1", "A2", "B1"):
            jumps.to = cell
            excel.app.run("WarmapRibbonPressed", Control("weekly_update"))
        for _ in range(2):
            excel.app.run("WarmapRibbonPressed", Control("back"))
        assert [str(cell.vba_get("Address")) for cell in excel.host.gone_to] == ["$A$2", "$A$1"]
        assert excel.app.dialogs == []
        excel.app.run("WarmapRibbonPressed", Control("back"))
        assert excel.app.dialogs[0][1] == MESSAGES["nowhere_back"].en

    def test_after_a_reset_of_vba_the_ribbon_is_found_again(self, small):
        excel, ribbon = ExcelInMemory(small["en"], "xlam"), Ribbon()
        excel.app.run("WarmapRibbonLoaded", ribbon)
        excel.app.add_module(
            module_texts("xlam")["WarmapRibbon"], name="WarmapRibbon", kind="standard"
        )  # no variable is set
        excel.app.run("WarmapRefreshRibbon")
        assert ribbon.invalidated == 1

    def test_reconnect_tries_python_again_and_says_how_it_went(self, small):
        assert self.pressed(small, "reconnect", Server()).app.dialogs[0][1] == MESSAGES["reconnected"].en
        assert DOCTOR.en in self.pressed(small, "reconnect", "a program that ends at once").app.dialogs[0][1]

    def test_restart_ends_python_starts_it_and_recalculates(self, small):
        excel = ExcelInMemory(small["en"], "xlam")
        excel.bridge.server = Server()
        excel.app.evaluate("WarmapConnected()")
        excel.app.run("WarmapRibbonPressed", Control("restart_python"))
        assert excel.bridge.stopped == 1
        assert excel.host.calculated == 1
        assert excel.app.dialogs[0][1] == MESSAGES["restarted"].en


class TestTheCallbacks:
    """Run in memory, in the add-in and over an open war map."""

    def answered(self, excel, callback, tag):
        excel.app.add_module(
            f"Public Function Answered(control)\nDim answer\n{callback} control, answer\nAnswered = answer\nEnd Function\n",
            name="Question",
        )
        return excel.app.run("Answered", Control(tag))

    @pytest.mark.parametrize(("menus", "lang"), [(2052, "zh"), (1028, "zh"), (1033, "en"), (1031, "en")])
    def test_words_follow_the_language_of_excels_menus(self, addin, menus, lang):
        addin.host.menus = menus
        for button in BUTTONS:
            assert self.answered(addin, "WarmapRibbonLabel", button.id) == button.label.to(lang)
            assert self.answered(addin, "WarmapRibbonTip", button.id) == button.tip.to(lang)
        assert self.answered(addin, "WarmapRibbonLabel", TAB_ID) == TAB_LABEL.to(lang)

    @pytest.mark.parametrize(("live", "answers", "said"), [(1, True, "live"), (1, False, "last"), (0, True, "last")])
    def test_a_label_says_whether_results_are_live(self, small, live, answers, said):
        """Live is what this session's functions gave, whatever the workbook was saved with."""
        excel = ExcelInMemory(small["en"], "xlam")
        excel.app.sheet("_marks").set_value("B3", live)
        excel.bridge.server = small_war_map.Server(answer=VERSION)
        if answers:
            small_war_map.value(excel, "VERSION()")
        assert self.answered(excel, "WarmapRibbonLabel", STATUS) == MESSAGES[f"status_{said}"].to("en")

    @pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.id)
    def test_over_a_war_map_every_button_can_be_pressed(self, book, button):
        assert self.answered(book, "WarmapRibbonEnabled", button.id) is True

    @pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.id)
    def test_over_another_workbook_only_those_that_make_sense(self, addin, button):
        assert self.answered(addin, "WarmapRibbonEnabled", button.id) is (button.when is not When.WAR_MAP)
