"""docs/store.md and its Chinese version say what the program does: tables, columns, commands, and SQL that runs."""

import re
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from kept_maps import checked

from warmap_app.main import main
from warmap_app.store import open_store
from warmap_app.store.database import FLAGS, LAYOUT, MAPS, OUTCOMES, SCORES, STORE, TREND
from warmap_workbook.samples import load_sample

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"en": "store.md", "zh": "store.zh.md"}
every_page = pytest.mark.parametrize("lang", PAGES)
DAYS = (date(2026, 6, 30), date(2026, 8, 31))


def page(lang):
    return (DOCS / PAGES[lang]).read_text("utf-8")


def queries(lang):
    """The SQL of a page, in its order."""
    return re.findall(r"```sql\n(.*?)\n```", page(lang), re.DOTALL)


def listed(lang, table):
    """The columns that the page lists under a table."""
    part = page(lang).partition(f"\n`{table}`")[2].partition("\n\n`")[0].partition("\n\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", part, re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`(\w+)`", row)]


@every_page
@pytest.mark.parametrize("table", [MAPS, SCORES, FLAGS, OUTCOMES, TREND], ids=lambda table: table.name)
def test_every_column_is_told_of_and_no_other(lang, table):
    assert sorted(listed(lang, table.name)) == sorted(column.name for column in table.columns)


@every_page
def test_the_version_of_the_tables_is_the_one_told(lang):
    assert re.search(rf"`{STORE.name}`.*`layout`.*{LAYOUT}", page(lang))


@every_page
def test_every_command_shown_is_one_that_the_parser_takes(lang, instead_of):
    seen = []
    for name in ("check", "history", "portfolio"):
        instead_of(name, lambda options, lang: seen.append(options.store) or 0)
    shown = re.findall(r"^warmap (.*--store.*)$", page(lang), re.MULTILINE)
    assert [main(line.split()) for line in shown] == [0] * len(seen)
    assert len(seen) == 7


def test_both_pages_ask_the_same():
    names = {lang: load_sample("telecom_core_network", lang)["deal"]["account"] for lang in PAGES}
    assert [query.replace(names["zh"], names["en"]) for query in queries("zh")] == queries("en")


@every_page
def test_every_question_is_answered_by_both_databases(store, lang):
    names = ("telecom_core_network", "lubricants_group", "manufacturer_mes")
    with open_store(store, write=True) as opened:
        opened.keep([checked(load_sample(name, lang), f"{name}.json", as_of=day) for name in names for day in DAYS])
        *asked, forget = queries(lang)
        with opened.reading() as connection:
            trend, fallen, teams, flags, zopa = ([*map(dict, connection.execute(sa.text(q)).mappings())] for q in asked)
        assert [str(row["as_of"]) for row in trend] == [day.isoformat() for day in DAYS]
        assert trend[0]["health"] > trend[1]["health"]
        assert len(fallen) == 3
        assert fallen[0]["change"] <= fallen[1]["change"] < 0
        assert sum(row["deals"] for row in teams) == len(names) * len(DAYS)
        assert [row["deals"] for row in flags] == sorted((row["deals"] for row in flags), reverse=True)
        assert len(zopa) == len(names) * len(DAYS)
        with opened.writing() as connection:
            assert connection.execute(sa.text(forget)).rowcount == len(DAYS)
        with opened.reading() as connection:
            left = [connection.scalar(sa.select(sa.func.count(sa.distinct(t.c.map_id)))) for t in (SCORES, FLAGS)]
        assert left == [4, 4]
