"""Which cases of the slowest tests are left to `make all`, so that a run of all tests ends while somebody waits.

Of a test with many cases the first, the last and every so many in between are run, the same at every run; `make all`
(WARMAP_TESTS=all) runs every case. Nothing is left out in silence: pytest counts them as deselected.
"""

import os
from collections import defaultdict

IS_WHOLE = os.environ.get("WARMAP_TESTS") == "all"
ONE_IN = {
    f"tests/{name}.py": every
    for every, names in {
        8: (
            "checks/test_checks_no_false_alarm", "editing/test_version_one", "page_python/test_odd_files_in_page",
            "libreoffice/test_samples_in_libreoffice",
        ),
        4: (
            "calculating/test_recalculate_command", "editing/test_copies_are_harmless", "editing/test_upgrade_and_repair",
            "macros/test_nothing_is_lost", "macros/test_switch_language", "oracle/test_entries_as_specified",
            "oracle/test_oracle_agrees", "portfolio/test_portfolio_in_libreoffice", "report/test_native_shapes",
            "security/test_no_module_from_the_folder", "security/test_writing", "workbook/test_history_sheet",
            "workbook/test_sheet_and_functions_agree", "workbook/test_tables_found", "workbook/test_workbook_edited",
            "workbook/test_workbook_in_other_programs", "workbook/test_workbook_looks", "workbook/test_workbook_round_trip",
        ),
        3: (
            "cli/test_paths", "history/test_nobody_gains_by_deleting", "hostile/test_second_readers", "macros/test_submit",
            "outputs/test_notes", "security/test_reading", "store/test_store_portfolio", "store/test_store_since",
            "windows/test_windows_functions", "windows/test_windows_own_tests", "windows/test_windows_vba",
            "workbook/test_workbook_as_built",
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
    left = {one for (_, every), group in cases.items() for place, one in enumerate(group[:-1]) if place % every}
    if left:
        config.hook.pytest_deselected(items=[one for one in items if one in left])
        items[:] = [one for one in items if one not in left]
