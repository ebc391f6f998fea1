"""Which cases of the slowest tests are left to `make all`, so that a run of all tests ends while somebody waits.

Of a test with several cases one in so many is run, beginning at a place that the test's name gives, so that of tests in
both languages about half are run in each; the same at every run. `make all` (WARMAP_TESTS=all) runs every case. Nothing is
left out in silence: pytest counts them as deselected.
"""

import os
import zlib
from collections import defaultdict

IS_WHOLE = os.environ.get("WARMAP_TESTS") == "all"
ONE_IN = {
    f"tests/{name}.py": every
    for every, names in {
        8: (
            "checks/test_checks_no_false_alarm", "editing/test_version_one", "libreoffice/test_samples_in_libreoffice",
            "page_python/test_odd_files_in_page", "security/test_regular_expressions",
        ),
        4: (
            "calculating/test_plain_results_compared", "calculating/test_recalculate_command", "cases/test_cases",
            "checks/test_check_examples", "checks/test_check_function", "cli/test_screen", "docs/test_docs_site",
            "editing/test_copies_are_harmless", "editing/test_upgrade_and_repair", "macros/test_damaged_workbooks",
            "macros/test_nothing_is_lost", "macros/test_refusals", "macros/test_switch_language",
            "oracle/test_entries_as_specified", "oracle/test_oracle_agrees", "oracle/test_oracle_properties",
            "outputs/test_nasty_text", "page_python/test_page_answers", "page_python/test_page_workbook",
            "portfolio/test_portfolio_in_libreoffice", "report/test_native_shapes", "rules/test_remedies_speak_of_this_map",
            "scores/test_scores_registry", "security/test_addresses", "security/test_csv", "security/test_floods",
            "security/test_no_module_from_the_folder", "security/test_writing", "web_page/test_page_bears_odd_files",
            "workbook/test_history_sheet", "workbook/test_sheet_and_functions_agree", "workbook/test_tables_found",
            "workbook/test_workbook_edited", "workbook/test_workbook_in_other_programs", "workbook/test_workbook_looks",
            "workbook/test_workbook_round_trip",
        ),
        3: (
            "cli/test_paths", "history/test_nobody_gains_by_deleting", "hostile/test_second_readers", "macros/test_submit",
            "outputs/test_notes", "security/test_reading", "store/test_store_portfolio", "store/test_store_since",
            "windows/test_windows_functions", "windows/test_windows_own_tests", "windows/test_windows_vba",
            "workbook/test_workbook_as_built",
        ),
        2: (
            "batch/test_batch_cases", "batch/test_batch_one_set", "checks/test_checks_tell_the_cause_once",
            "checks/test_shown_not_read", "cli/test_command_line", "excel/test_excel_build", "excel/test_excel_vba_calls",
            "excel/test_excel_vba_libreoffice", "history/test_history_in_a_workbook", "libreoffice/test_last_values_are_kept",
            "libreoffice/test_page_saves_in_libreoffice", "libreoffice/test_without_the_functions",
            "merging/test_merge_command", "outputs/test_notes_in_markup", "people/test_import_contacts",
            "release/test_release_folder", "report/test_deal_charts", "report/test_one_page", "scores/test_scores_health",
            "security/test_servers", "store/test_store_history", "store/test_store_interrupted", "store/test_store_keeps",
            "store/test_store_refusals", "web_page/test_page_asks_nobody", "web_page/test_page_edits",
            "web_page/test_page_for_everybody", "web_page/test_page_keeps_work", "web_page/test_page_on_the_docs_site",
            "web_page/test_page_opens_maps", "workbook/test_a_live_workbook_stays_true", "workbook/test_a_second_engine",
            "workbook/test_a_third_engine", "workbook/test_presets_are_files",
        ),
    }.items()
    for name in names
}  # fmt: skip
"""Test module → one case in how many is run."""


def leave_out(config, items):
    """Leave cases out of the modules above, but never where a test was named on the command line."""
    if IS_WHOLE or any("::" in one for one in config.args):
        return
    cases = defaultdict(list)
    for item in items:
        if (every := ONE_IN.get(item.nodeid.partition("::")[0])) and getattr(item, "callspec", None):
            cases[item.nodeid.partition("[")[0], every].append(item)
    left = {one for (name, every), group in cases.items() for one in _left_of(name, every, group)}
    if left:
        config.hook.pytest_deselected(items=[one for one in items if one in left])
        items[:] = [one for one in items if one not in left]


def _left_of(name, every, group):
    begin = zlib.crc32(name.encode()) % min(every, len(group))
    return (one for place, one in enumerate(group) if place % every != begin)
