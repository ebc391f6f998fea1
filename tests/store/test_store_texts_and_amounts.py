"""Whatever stands in a map ends in both databases as it is: every character, every digit, nothing taken for SQL."""

import json
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kept_maps import a_map, checked, contents, maps, write

from warmap import history
from warmap.reading import read_document
from warmap_app.store import open_store
from warmap_app.store.records import UNREADABLE, storable

TEXTS = {
    "quotes": 'O\'Neil "the" `boss` $$; DROP TABLE warmap_maps; --',
    "placeholders": "%s %(a)s :name ? {0} $1 100%",
    "emoji": "😀 👩‍👩‍👧 𠮷野家",
    "other scripts": "مرحبا Ünïcödé 很",
    "as long as a cell": "长" * 32_767,
    "backslashes": "C:\\x \\u0000 \\x00 \\n",
    "breaks": "one\ntwo\tthree",
}
characters = st.characters(codec="utf-8", exclude_categories=["Cs", "Cn"])
amounts = st.decimals(min_value=Decimal("0.0001"), max_value=Decimal(10) ** 14, places=4, allow_nan=False)


@pytest.fixture(scope="module")
def two_stores(postgres, tmp_path_factory):
    return str(tmp_path_factory.mktemp("both") / "history.db"), postgres()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_is_kept_as_it_was_entered(store, text):
    document = a_map(
        {"contacts": [{"name": text, "notes": text, "influence": "high"}]}, account=text, owner=text, team=text
    )
    with open_store(store, write=True) as opened:
        opened.keep([checked(document, name="odd name'\";.json")])
    (row,) = maps(store)
    assert (row["account"], row["owner"], row["team"], row["file"]) == (text, text, text, "odd name'\";.json")
    assert read_document(row["map"]).map == read_document(document).map
    assert text in {flag["subject"] for flag in contents(store)["warmap_flags"]}


@pytest.mark.parametrize("text", ["a\x00b", "half \ud83d character"])
def test_what_no_database_can_hold_is_shown_to_be_missing(store, text):
    result, kept = checked(a_map())
    result["deal"]["account"] = result["file"] = result["red_flags"][0]["subject"] = text
    kept["map"]["deal"]["account"] = text
    with open_store(store, write=True) as opened:
        opened.keep([(result, kept)])
    rows = contents(store)
    assert rows["warmap_maps"][0]["account"] == rows["warmap_maps"][0]["file"] == storable(text)
    assert rows["warmap_flags"][0]["subject"] == storable(text)
    assert UNREADABLE in storable(text)
    assert rows["warmap_maps"][0]["map"]["deal"]["account"] == text


def test_a_map_with_nul_in_its_file_is_read_without_it(store, keep, tmp_path):
    write(tmp_path / "deal.json", a_map(account="华\x00信"))
    assert keep(store, "deal.json") == (1, 0)
    assert maps(store)[0]["account"] == "华信"


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=st.lists(st.tuples(st.text(characters, max_size=50), amounts), min_size=1, max_size=20))
def test_both_databases_hold_the_same(two_stores, entries):
    results = [checked(a_map(account=t, amount=str(amount), team=t), f"a{t}.json") for t, amount in entries]
    for place in two_stores:
        with open_store(place, write=True) as opened:
            opened.keep(results)
    sqlite, postgresql = (contents(place) for place in two_stores)
    assert sqlite == postgresql
    by_content = {row["content"]: row for row in sqlite["warmap_maps"]}
    for (_, amount), (_, kept) in zip(entries, results, strict=True):
        assert by_content[kept["content"]]["amount"] == amount
        assert by_content[kept["content"]]["map"] == json.loads(json.dumps(kept["map"]))


class TestSnapshots:
    """Of a workbook's own history the marks are kept, and they say the same of the map as the whole of it."""

    def taken(self, day, document):
        return {"taken_on": day, "author": "李", "scores": {"health": 1.0}, "map": document}

    @pytest.mark.parametrize("day", ["2026-06-30", "2026-05-20", "2026-04-01"])
    @pytest.mark.parametrize("changed", [(), (0,), (1,), (0, 1)])
    def test_a_map_read_back_raises_the_same_flags(self, changed, day):
        days = ("2026-04-10", "2026-05-20")
        snapshots = [
            self.taken(taken_on, a_map(amount=5, as_of=taken_on) if place in changed else a_map(as_of=taken_on))
            for place, taken_on in enumerate(days)
        ]
        document = a_map({"snapshots": snapshots}, as_of=day)
        kept = history.kept(read_document(document).map)[0]
        assert checked(kept)[0]["red_flags"] == checked(document)[0]["red_flags"]
        assert kept["snapshots"][0].keys() == {"taken_on", "author", "fingerprint"}

    def test_the_fingerprint_is_that_of_the_map(self):
        war_map = read_document(a_map({"snapshots": [self.taken("2026-05-20", a_map())]})).map
        document, mark = history.kept(war_map)
        assert mark == history.fingerprint(war_map) == history.fingerprint(read_document(document).map)
        assert document["snapshots"][0]["fingerprint"] == mark

    def test_a_mark_that_came_without_its_map_stays(self):
        marks = [{"taken_on": "2026-05-20", "fingerprint": "0123456789abcdef"}]
        assert history.kept(read_document(a_map({"snapshots": marks})).map)[0]["snapshots"] == marks
