"""Odd maps in YAML and JSON."""

from __future__ import annotations

import json

from odd_workbook import MAKERS, OLE

DOCUMENTS = {
    "map_alias_bomb.yaml": b"a: &a [1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a]\ndeal: {account: *b}\n",
    "map_runs_code.yaml": b"deal: !!python/object/apply:os.system ['echo owned']\n",
    "map_deep.yaml": b"[" * 20_000,
    "map_merges_itself.yaml": b"a: &a\n  <<: *a\n",
    "map_two_documents.yaml": b"deal: {account: a}\n---\ndeal: {account: b}\n",
    "map_same_key_twice.yaml": b"deal: {account: a, account: b}\n",
    "map_empty.yaml": b"",
    "map_a_number.yaml": b"12\n",
    "map_with_control_characters.yaml": b"deal: {account: a\x07}\n",
    "map_sexagesimal.yaml": b"deal: {account: a, amount: 1:30:00, close_date: 2026-02-30}\n",
    "map_deep.json": b"[" * 100_000 + b"]" * 100_000,
    "map_nan.json": b'{"deal": {"amount": NaN}}',
    "map_huge_number.json": b'{"deal": {"account": "a", "amount": ' + b"9" * 5000 + b"}}",
    "map_huge_power.json": b'{"deal": {"account": "a", "amount": 1e400}}',
    "map_not_utf8.json": b'{"deal": {"account": "\xff\xfe"}}',
    "map_in_utf_16.json": '{"deal": {"account": "a"}}'.encode("utf-16"),
    "map_half_a_character.json": b'{"deal": {"account": "\\ud800", "owner": "\\u0000"}}',
    "map_cut_off.json": b'{"deal": {"account": "a',
    "map_of_something_else.json": b'{"hello": "world"}',
    "map_empty.json": b"",
    "map_nothing.json": b"null",
    "map_same_key_twice.json": b'{"deal": {"account": "a", "account": "b"}}',
    "map_wrong_shapes.json": json.dumps({"deal": [1], "contacts": {"name": 3}, "trust": [None, "x", 7], "wins": "no"}).encode(),
    "an_old_workbook_named_as_a_map.json": OLE + b"\0" * 512 + "Workbook".encode("utf-16-le") + b"\0" * 512,
}  # fmt: skip
for _name, _data in DOCUMENTS.items():
    MAKERS[_name] = lambda data=_data: data
