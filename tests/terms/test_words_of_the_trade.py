"""Specification, section 1, written out again: every code, label, order, rank, weight and probability of the method."""

from __future__ import annotations

import re

import pytest

from warmap import terms as vocabulary
from warmap.settings import Settings, default_settings, flat, meaning
from warmap.terms import (
    PERSONAL_WINS,
    STAGE_CRITERIA,
    WIN_CRITERIA,
    BuyingRole,
    OrgLevel,
    ProcurementStage,
    StageCriterion,
    Support,
    Term,
    WinCriterion,
    key,
    term_for,
)

HAN = re.compile(r"[\u3400-\u9fff]")

SPECIFIED = {
    "BuyingRole": "coach 教练 · user 用户 · technical 技术把关者 · economic 关键决策者",
    "PositionClass": (
        "senior_executive 高层管理者 · division_head 分管领导 · procurement 采购负责人 · technical_expert 技术专家"
        " · user_department 使用部门负责人 · supporting 辅助角色"
    ),
    "OrgLevel": "director 董事/高层 · manager 经理 · expert 专家 · operator 操作人员 · clerk 职员",
    "Influence": "high 高 · medium 中 · low 低",
    "Support": "strong_support 强烈支持 · support 支持 · neutral 中立 · oppose 反对 · strong_oppose 强烈反对",
    "ContactFrequency": "frequent 经常 · occasional 偶尔 · rare 很少 · never 从未",
    "ResponseMode": "growth 高瞻远瞩 · trouble 不知所措 · even_keel 四平八稳 · overconfident 自我陶醉",
    "SocialStyle": "analytical 分析型 · driver 驱动型 · amiable 亲和型 · innovative 创新型",
    "PostStatus": "in_post 在职 · new_in_post 新任 · transferred 调离 · left 离职",
    "TrustPillar": "professional 职业信任 · expertise 专业信任 · relationship 关系信任 · sincerity 诚意信任",
    "ProcurementStage": (
        "need_identification 需求识别 · market_research 市场调研 · supplier_assessment 供应商评估"
        " · quotation_negotiation 报价及谈判 · contract_signing 合同签署 · fulfilment 履约跟踪"
    ),
    "SpinType": "situation 状况 · problem 问题 · implication 暗示 · need_payoff 需求满足",
    "FiveWTwoH": "who · what · when · where · why · how · how_much",
    "NeedState": "implicit 隐藏性需求 · explicit 明确性需求",
    "NeedLevel": "finance 财务 · customer 客户 · marketing 营销 · process 内部流程 · management 管理",
    "WinStatus": "unknown 未知 · identified 已识别 · met 已满足 · not_applicable 不适用",
    "Severity": "critical 严重 · major 重要 · minor 一般",
    "EvidenceGrade": "none 无 · guess 我方推测 · stated 本人表态 · proven 书面或行为证实",
    "ActionStatus": "open 未开始 · in_progress 进行中 · done 已完成 · cancelled 已取消",
    # section 2: values named in the model
    "OrgUnitKind": "company · subsidiary · department · committee · upstream · downstream",
    "SwotQuadrant": "strength · weakness · opportunity · threat",
    "ObjectionSource": "participant · key_person · other",
    # section 3: states and outcomes
    "RoleState": "missing · identified · contacted · engaged · supportive",
    "Quadrant": "win_win · win_lose · lose_win · lose_lose",
    "CustomerClass": "strategic 战略型 · growth 成长型 · profit 利润型 · maintain 维持型",
    "HealthBand": "green 绿 · amber 黄 · red 红 · incomplete 资料不足",
    "Outcome": "open 进行中 · won 赢单 · lost 丢单 · no_decision 客户搁置",
    "HealthComponent": "role_coverage · trust · win · stage · needs · competition · fit",
}

WIN_CRITERIA_SPECIFIED = {
    "coach": "recognition 认可 · visibility 出名 · beat_rivals 击败对手 · contribution 有贡献感 · problem_solver 问题的解决者 · personal_gain 个人利益",
    "user": "reliability 可靠性 · efficiency 效率提高 · skills 技能提高 · performance 绩效满足 · best_fix 问题的最好解决 · easier_work 工作更好、更快、更容易",
    "technical": "meets_spec 产品满足 · on_time_delivery 及时提交 · best_technical_solution 最好的技术方案 · discount 打折、低价格 · reliability 可靠性 · safety 安全性",
    "economic": "low_cost 低成本 · good_budget 预算合理 · return_on_investment 投入产出 · financial_responsibility 财务责任 · productivity 生产力增加 · cash_flow 现金流/适应性",
}

STAGE_CRITERIA_SPECIFIED = {
    1: "pain_confirmed 用户确认痛点 · sponsor_named 发起人已明确 · need_written 需求已书面化",
    2: "coach_in_place 已有教练 · rivals_known 竞争对手已明确 · our_strengths_in_criteria 我方强项进入选型标准",
    3: "all_roles_identified 四类角色已识别 · gatekeeper_met 已拜访技术把关者 · technical_validation 技术验证通过",
    4: "economic_buyer_met 已拜访关键决策者 · value_accepted 价值主张获认可 · alternative_prepared 替代方案已准备",
    5: "approvals 法律/技术/行政批准 · contract_signed 合同已签署",
    6: "success_measured 成功标准已度量 · reference_agreed 成功案例已确认",
}

PERSONAL_WINS_SPECIFIED = (
    "power, control, leisure, skill, family opportunity, problem solver, contribution to the organisation, recognition,"
    " social status, personal growth, more time with family, self-realisation, seen as a leader, flexibility, security,"
    " larger remit, change of lifestyle, freedom, achievement"
)

ALIASES_SPECIFIED = {
    "决策者": BuyingRole.ECONOMIC,
    "财务决策者": BuyingRole.ECONOMIC,
}

SETTINGS_SPECIFIED = {
    "influence_weight.high": 3, "influence_weight.medium": 2, "influence_weight.low": 1, "influence_weight.blank": 1,
    "role_weight.coach": 0.25, "role_weight.user": 0.25, "role_weight.technical": 0.25, "role_weight.economic": 0.25,
    "engagement.identified": 0.25, "engagement.contacted": 0.5, "engagement.engaged": 0.75, "engagement.supportive": 1,
    "coach_cap.not_wanting_our_success": 0.5, "coach_cap.not_senior": 0.75,
    "role_state.contacted": 0.5, "role_state.engaged": 0.75, "role_state.supportive": 1,
    "evidence_cap.none": 2, "evidence_cap.guess": 3, "evidence_cap.stated": 4, "evidence_cap.proven": 5,
    "pillar_weight.professional": 1, "pillar_weight.expertise": 1, "pillar_weight.relationship": 1,
    "pillar_weight.sincerity": 1,
    "trust_fading_days": 180,
    "win_value.unknown": 0, "win_value.identified": 0.5, "win_value.met": 1,
    "customer_wins_from": 0.5,
    "stage_probability.need_identification": 0.1, "stage_probability.market_research": 0.25,
    "stage_probability.supplier_assessment": 0.4, "stage_probability.quotation_negotiation": 0.6,
    "stage_probability.contract_signing": 0.9, "stage_probability.fulfilment": 1,
    "health_weight.role_coverage": 25, "health_weight.trust": 20, "health_weight.win": 20, "health_weight.stage": 10,
    "health_weight.needs": 10, "health_weight.competition": 10, "health_weight.fit": 5,
    "flag_cost.critical": 0.10, "flag_cost.major": 0.04, "flag_cost.minor": 0.01, "flag_cost_answered_share": 0.5,
    "band.green": 70, "band.amber": 40, "band_assessed_from": 0.5,
    "tier.A": 80, "tier.B": 60, "tier.C": 40,
    "class_high_from": 3, "differentiator_gap": 1,
    "plan_weight.filled": 25, "plan_weight.broad": 25, "plan_weight.evidenced": 25, "plan_weight.fresh": 25,
    "plan_fresh_days": 90, "stage_days.need_identification": 20, "stage_days.market_research": 30,
    "stage_days.supplier_assessment": 30, "stage_days.quotation_negotiation": 30, "stage_days.contract_signing": 20,
    "time_left_critical": 0.5,
    "last_contact_days.high": 30, "last_contact_days.medium": 60, "last_contact_days.low": 90,
    "new_in_post_days": 90, "support_stale_days": 90, "stage_stale_days": 90, "close_soon_days": 30,
    "quote_from_stage": 4, "counterpart_gap": 2, "low_trust": 40, "relationship_excess": 30,
    "assessed_share_from": 0.6, "mode_share_from": 0.5, "position_critical": -1, "objection_open_days": 14,
    "visit_days": 30, "suspicious_contacts": 4, "unchanged_days": 21, "next_actions": 10,
}  # fmt: skip


def pairs(line):
    """«code label · code label» as (code, label or empty)."""
    return [(code, label) for code, _, label in (item.partition(" ") for item in line.split(" · "))]


def vocabularies():
    found = [item for item in vars(vocabulary).values() if isinstance(item, type) and issubclass(item, Term)]
    return [enum for enum in found if enum is not Term]


every_vocabulary = pytest.mark.parametrize("enum", vocabularies(), ids=lambda enum: enum.__name__)


class TestCodesAndLabels:
    """Each name has a stable English code, a Chinese label and an English label."""

    @pytest.mark.parametrize("name", SPECIFIED)
    def test_codes_stand_as_specified_in_this_order(self, name):
        assert [term.value for term in getattr(vocabulary, name)] == [code for code, _ in pairs(SPECIFIED[name])]

    @pytest.mark.parametrize("name", [name for name in SPECIFIED if pairs(SPECIFIED[name])[0][1]])
    def test_chinese_labels_are_the_specified_ones(self, name):
        assert [(term.value, term.label.zh) for term in getattr(vocabulary, name)] == pairs(SPECIFIED[name])

    @every_vocabulary
    def test_a_code_is_a_plain_lower_case_word(self, enum):
        plain = r"[A-D]" if enum is vocabulary.Tier else r"[a-z]+(_[a-z]+)*"
        assert [term.value for term in enum if not re.fullmatch(plain, term.value)] == []

    @every_vocabulary
    def test_both_languages_are_there_and_are_what_they_say(self, enum):
        for term in enum:
            assert term.label.zh.strip() == term.label.zh != ""
            assert term.label.en.strip() == term.label.en != ""
            assert HAN.search(term.label.zh)
            assert not HAN.search(term.label.en)

    @every_vocabulary
    def test_no_spelling_names_two_terms(self, enum):
        spellings = [
            key(spelling)
            for term in enum
            for spelling in {key(s) for s in (term.value, term.label.zh, term.label.en, *term.aliases)}
        ]
        assert sorted(spellings) == sorted(set(spellings))

    @every_vocabulary
    def test_places_count_from_nought(self, enum):
        assert [term.place for term in enum] == list(range(len(enum)))


class TestSpellings:
    """A reader accepts either language's label, the code, and the listed aliases, ignoring case and surrounding space."""

    @staticmethod
    def widened(text):
        return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)

    @every_vocabulary
    def test_every_spelling_reads_to_its_term(self, enum):
        for term in enum:
            for spelling in (term.value, term.label.zh, term.label.en, *term.aliases):
                for written in (
                    spelling, spelling.upper(), spelling.lower(), spelling.title(), f"  {spelling}\t\n", f"\u3000{spelling}",
                    self.widened(spelling), spelling.replace(" ", "  "),
                ):  # fmt: skip
                    assert term_for(enum, written) is term, written

    @pytest.mark.parametrize(("alias", "role"), ALIASES_SPECIFIED.items())
    def test_listed_aliases(self, alias, role):
        assert term_for(BuyingRole, alias) is role

    @every_vocabulary
    @pytest.mark.parametrize("text", ["", "   ", "no such thing", "待定"])
    def test_anything_else_is_no_term(self, enum, text):
        assert term_for(enum, text) is None


class TestRanksAndValues:
    """Levels rank 5 to 1, support counts +2 to −2, stages are numbered 1 to 6."""

    def test_level_ranks(self):
        assert {level.value: level.rank for level in OrgLevel} == {
            "director": 5, "manager": 4, "expert": 3, "operator": 2, "clerk": 1,
        }  # fmt: skip

    def test_support_values(self):
        assert {support.value: support.score for support in Support} == {
            "strong_support": 2, "support": 1, "neutral": 0, "oppose": -1, "strong_oppose": -2,
        }  # fmt: skip

    def test_stage_numbers(self):
        assert [stage.number for stage in ProcurementStage] == [1, 2, 3, 4, 5, 6]


class TestWinCriteria:
    """The win criteria of each role (001, table 4-1), six each, in this order."""

    @pytest.mark.parametrize("role", WIN_CRITERIA_SPECIFIED)
    def test_of_each_role(self, role):
        criteria = WIN_CRITERIA[BuyingRole(role)]
        assert [(term.value, term.label.zh) for term in criteria] == pairs(WIN_CRITERIA_SPECIFIED[role])
        assert len(criteria) == 6

    def test_no_other_role_and_no_other_criterion(self):
        assert [role.value for role in WIN_CRITERIA] == list(WIN_CRITERIA_SPECIFIED)
        assert set(WinCriterion) == {criterion for criteria in WIN_CRITERIA.values() for criterion in criteria}

    def test_personal_wins_are_those_of_the_source(self):
        assert [win.en.casefold() for win in PERSONAL_WINS] == PERSONAL_WINS_SPECIFIED.split(", ")
        assert len({win.zh for win in PERSONAL_WINS}) == 19
        assert all(HAN.search(win.zh) for win in PERSONAL_WINS)


class TestStageCriteria:
    """The exit criteria of the six stages."""

    @pytest.mark.parametrize("number", STAGE_CRITERIA_SPECIFIED)
    def test_of_each_stage(self, number):
        criteria = STAGE_CRITERIA[list(ProcurementStage)[number - 1]]
        assert [(term.value, term.label.zh) for term in criteria] == pairs(STAGE_CRITERIA_SPECIFIED[number])

    def test_sixteen_in_all_each_of_one_stage(self):
        listed = [criterion for criteria in STAGE_CRITERIA.values() for criterion in criteria]
        assert listed == list(StageCriterion)
        assert len(listed) == 16


class TestNumbers:
    """Every number of sections 1, 3 and 4 is a setting that sales ops may change, with the specified default."""

    def test_every_default_is_the_specified_one(self):
        assert dict(flat(default_settings())) == SETTINGS_SPECIFIED

    @pytest.mark.parametrize("name", Settings.model_fields)
    def test_every_setting_says_what_it_is_in_both_languages(self, name):
        words = meaning(name)
        assert HAN.search(words.zh)
        assert words.en
        assert not HAN.search(words.en)
