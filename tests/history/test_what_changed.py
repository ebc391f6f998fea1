"""What changed between two maps, field by field."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmap.changes import changes
from warmap.model import TABLES
from warmap.parsing import to_document
from warmap.reading import read_document
from warmap_app.main import main
from warmap_workbook.samples import load_sample, sample_names

DEAL = {"account": "甲", "opportunity": "乙"}
WANG = {"name": "王", "title": "主任", "influence": "high", "buying_roles": ["user"]}


def said(old, new, lang="zh"):
    maps = [read_document({"deal": DEAL, **data}).map for data in (old, new)]
    return [change.say(lang) for change in changes(*maps)]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ({}, {}, []),
        ({}, {"deal": {**DEAL, "amount": 5}}, ["商机 · 金额：（空白） → 5"]),
        ({"contacts": [WANG]}, {"contacts": [{**WANG, "influence": "low"}]}, ["关键人 · 王 · 影响力：高 → 低"]),
        ({"contacts": [WANG]}, {"contacts": [{**WANG, "buying_roles": []}]}, ["关键人 · 王 · 用户：✓ → （空白）"]),
        ({}, {"contacts": [WANG]}, ["关键人：新增 王"]),
        ({"contacts": [WANG]}, {}, ["关键人：删去 王"]),
        ({"contacts": [WANG]}, {"contacts": [{**WANG, "name": "王芳"}]}, ["关键人 · 王芳 · 姓名：王 → 王芳"]),
        ({"contacts": [WANG, {"name": "李"}]}, {"contacts": [{"name": "李"}, WANG]}, []),
        ({}, {"stage_evidence": [{"stage": "need_identification", "criterion": "pain_confirmed", "done": True}]},
         ["阶段 · 需求识别 · 用户确认痛点 · 已完成：（空白） → 是"]),
        ({"competition": [{"criterion": "价格", "weight": 1, "scores": {"丙": 2}}]},
         {"competition": [{"criterion": "价格", "weight": 1, "scores": {"丙": 3.5}}]}, ["竞争 · 价格 · 丙：2 → 3.5"]),
        ({"wins": [{"contact": "王", "role": "user", "statuses": {"reliability": "identified"}}]},
         {"wins": [{"contact": "王", "role": "user", "statuses": {"reliability": "met"}}]},
         ["赢标准 · 王 · 用户 · 标准1：已识别 → 已满足"]),
    ],
)  # fmt: skip
def test_a_change_reads_like_a_sentence(old, new, words):
    assert said(old, new) == words


def test_both_languages():
    (words,) = said({"contacts": [WANG]}, {"contacts": [{**WANG, "influence": "low"}]}, "en")
    assert words == "People · 王 · Influence: High → Low"


@pytest.mark.parametrize("name", sample_names())
def test_a_map_does_not_differ_from_itself(name):
    war_map = read_document(load_sample(name, "zh")).map
    assert changes(war_map, read_document(to_document(war_map)).map) == []


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(sample_names()), st.sampled_from(sample_names()))
def test_the_way_back_undoes_every_change(one, other):
    """Added and removed change places, old and new too."""
    maps = [read_document(load_sample(name, "en")).map for name in (one, other)]
    there, back = changes(*maps), changes(*reversed(maps))
    assert sorted(c.table for c in there) == sorted(c.table for c in back)
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    assert sorted(turned[c.kind] for c in there) == sorted(c.kind for c in back)


def test_every_table_is_compared():
    war_map = read_document(load_sample("telecom_core_network", "zh")).map
    empty = read_document({"deal": {}}).map
    assert {change.table for change in changes(empty, war_map)} == {t.code for t in TABLES if getattr(war_map, t.code)}


def test_the_command_prints_json(tmp_path, capsys):
    files = []
    for number, influence in enumerate(("high", "low")):
        files.append(tmp_path / f"{number}.json")
        data = {"deal": {**DEAL, "as_of": "2026-06-30"}, "contacts": [{**WANG, "influence": influence}]}
        files[-1].write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    assert main(["diff", *map(str, files), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["changes"] == [
        {"change": "changed", "table": "contacts", "row": ["王"], "field": "influence", "old": "high", "new": "low"}
    ]
    assert {flag["code"] for flag in told["red_flags"]["cleared"]} >= {"RF303"}
