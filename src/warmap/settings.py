"""Every weight and threshold of the method, in one place; sales ops may change each of them.

A setting's code is its path, such as `trust.fading_days` or `influence_weight.high`; a file nests them by the dots.
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Annotated, Any, get_args, get_origin

from warmap.model.part import Limits, Part, made
from warmap.terms import (
    BuyingRole,
    EvidenceGrade,
    Influence,
    ProcurementStage,
    RoleState,
    Severity,
    TrustPillar,
    WinStatus,
)
from warmap.text import Text

Positive = Annotated[float, Limits(ge=0)]
Share = Annotated[float, Limits(ge=0, le=1)]
Days = Annotated[float, Limits(ge=0, le=36500)]
HalfLife = Annotated[float, Limits(gt=0, le=36500)]


def _group(default: Mapping[Any, float], zh: str, en: str) -> Any:
    return made(factory=lambda: {str(k): v for k, v in default.items()}, meaning=Text(zh, en))


def _one(default: float, zh: str, en: str) -> Any:
    return made(factory=lambda: default, meaning=Text(zh, en))


class Settings(Part):
    """The numbers of the method with our defaults (specification, sections 1, 3 and 4)."""

    influence_weight: dict[str, Positive] = _group(
        {Influence.HIGH: 3, Influence.MEDIUM: 2, Influence.LOW: 1, "blank": 1}, "影响力的权重", "Weight of influence"
    )
    role_weight: dict[str, Positive] = _group(
        dict.fromkeys(BuyingRole, 0.25), "角色覆盖中各角色的权重", "Weight of each role in role coverage"
    )
    engagement: dict[str, Share] = _group(
        {"identified": 0.25, "contacted": 0.5, "engaged": 0.75, "supportive": 1.0},
        "接触程度的分值",
        "Value of engagement",
    )
    coach_cap: dict[str, Share] = _group(
        {"not_wanting_our_success": 0.5, "not_senior": 0.75}, "教练质量的上限", "Caps on coach quality"
    )
    role_state: dict[str, Share] = _group(
        {RoleState.CONTACTED: 0.5, RoleState.ENGAGED: 0.75, RoleState.SUPPORTIVE: 1.0},
        "角色状态从几分起", "Role score from which a state holds",
    )  # fmt: skip
    evidence_cap: dict[str, Annotated[float, Limits(ge=0, le=5)]] = _group(
        {EvidenceGrade.NONE: 2, EvidenceGrade.GUESS: 3, EvidenceGrade.STATED: 4, EvidenceGrade.PROVEN: 5},
        "各级依据下评分的上限", "Most a rating counts for, by evidence",
    )  # fmt: skip
    pillar_weight: dict[str, Positive] = _group(
        dict.fromkeys(TrustPillar, 1), "信任支柱的权重", "Weight of the trust pillars"
    )
    trust_fading_days: HalfLife = _one(180, "关系信任减半所需天数", "Days in which relationship trust halves")
    win_value: dict[str, Share] = _group(
        {WinStatus.UNKNOWN: 0, WinStatus.IDENTIFIED: 0.5, WinStatus.MET: 1}, "赢标准状态的分值", "Value of a win status"
    )
    customer_wins_from: Share = _one(0.5, "赢标准得分达到多少算客户赢", "Win score from which the customer wins")
    stage_probability: dict[str, Share] = _group(
        dict(zip(ProcurementStage, (0.1, 0.25, 0.4, 0.6, 0.9, 1.0), strict=True)),
        "各阶段的成交概率",
        "Probability by stage",
    )
    health_weight: dict[str, Positive] = _group(
        {"role_coverage": 25, "trust": 20, "win": 20, "stage": 10, "needs": 10, "competition": 10, "fit": 5},
        "健康度各组成的权重", "Weight of the components of health",
    )  # fmt: skip
    penalty: dict[str, Positive] = _group(
        {Severity.CRITICAL: 10, Severity.MAJOR: 4, Severity.MINOR: 1}, "每面红旗的扣分", "Points a red flag costs"
    )
    penalty_mitigated_share: Share = _one(0.5, "已应对的红旗按几成扣分", "Share of the penalty of a mitigated flag")
    penalty_flags_per_code: Annotated[int, Limits(ge=0)] = _one(2, "同一代码最多计几面", "Flags of one code that count")
    penalty_limit: Positive = _one(40, "扣分合计的上限", "Most that all flags cost together")
    band: dict[str, Annotated[float, Limits(ge=0, le=100)]] = _group(
        {"green": 70, "amber": 40}, "健康度分档", "Health from which a band holds"
    )
    tier: dict[str, Annotated[float, Limits(ge=0, le=100)]] = _group(
        {"A": 80, "B": 60, "C": 40}, "理想客户分级", "Fit from which a tier holds"
    )
    class_high_from: Annotated[float, Limits(ge=1, le=5)] = _one(
        3, "客户分类：几分算高", "Customer class: high means at least"
    )
    differentiator_gap: Positive = _one(1, "差异点与差距的分差", "Lead that makes a differentiator or a gap")
    plan_weight: dict[str, Positive] = _group(
        {"required": 50, "evidence": 25, "fresh": 25}, "计划质量各部分的分值", "Points of the parts of plan quality"
    )
    plan_fresh_days: Days = _one(90, "判断在几天内算新鲜", "Days within which a judgement is fresh")
    last_contact_days: dict[str, Days] = _group(
        {Influence.HIGH: 30, Influence.MEDIUM: 60, Influence.LOW: 90},
        "多少天未接触就举旗",
        "Days without contact that raise a flag",
    )
    new_in_post_days: Days = _one(90, "任现职几天内算新任", "Days within which a post counts as new")
    support_stale_days: Days = _one(90, "支持度判断多少天算过期", "Days after which a judgement of support is stale")
    stage_stale_days: Days = _one(90, "停留同一阶段多少天举旗", "Days in one stage that raise a flag")
    close_soon_days: Days = _one(30, "距成交几天内应已到谈判", "Days before closing by which to be negotiating")
    quote_from_stage: Annotated[int, Limits(ge=1, le=6)] = _one(
        4, "几阶段起可以报价", "Stage from which a price may be given"
    )
    counterpart_gap: Annotated[int, Limits(ge=1, le=5)] = _one(2, "对应人低几级就举旗", "Ranks below that raise a flag")
    low_trust: Annotated[float, Limits(ge=0, le=100)] = _one(
        40, "信任低于多少就举旗", "Trust below which a flag is raised"
    )
    relationship_excess: Positive = _one(30, "关系信任高出多少算过度依赖", "Lead of relationship that is over-reliance")
    assessed_share_from: Share = _one(0.6, "已评估份额的下限", "Assessed share below which a flag is raised")
    mode_share_from: Share = _one(0.5, "反馈模式填了几成才判断", "Share of modes filled before judging them")
    position_critical: Annotated[float, Limits(ge=-5, le=5)] = _one(
        -1, "竞争位置低至多少算严重", "Position that is critical"
    )
    objection_open_days: Days = _one(14, "异议敞开多少天举旗", "Days an objection may stay open")
    visit_days: Days = _one(30, "多少天没有拜访举旗", "Days without a visit that raise a flag")
    suspicious_contacts: Annotated[int, Limits(ge=1)] = _one(
        4, "几人全无反对算可疑", "People without one opponent that look too good"
    )
    unchanged_days: Days = _one(21, "多少天没有变化举旗", "Days without a change that raise a flag")
    next_actions: Annotated[int, Limits(ge=1, le=100)] = _one(10, "下一步行动最多几条", "Most next actions shown")


DEFAULT_KEYS: Mapping[str, tuple[str, ...]] = {
    name: tuple(slot.value()) for name, slot in Settings.model_fields.items() if get_origin(slot.annotation) is dict
}


def meaning(name: str) -> Text:
    """What a setting (or a group of them) is, in both languages."""
    told: Text = Settings.model_fields[name].default.meaning
    return told


def limits_of(code: str) -> tuple[Limits, bool]:
    """The limits of a setting, and whether it is a whole number."""
    slot = Settings.model_fields[code.partition(".")[0]]
    annotation, metadata = slot.annotation, slot.metadata
    if get_origin(annotation) is dict:
        annotation, *limits = get_args(get_args(annotation)[1])
        metadata = tuple(limits)
    return next(limit for limit in metadata if isinstance(limit, Limits)), annotation is int


def flat(settings: Settings) -> Iterator[tuple[str, float]]:
    """Every setting as (code, number), a group's members under `group.member`."""
    for name in Settings.model_fields:
        value = getattr(settings, name)
        if isinstance(value, dict):
            yield from ((f"{name}.{member}", number) for member, number in value.items())
        else:
            yield name, value


def changed(settings: Settings) -> dict[str, float]:
    """What differs from the defaults, by code: the figures a reader of a result must know of."""
    usual = dict(flat(default_settings()))
    return {code: value for code, value in flat(settings) if value != usual[code]}


def stamp(settings: Settings) -> str:
    """What a result was judged by: `default`, or eight hexadecimal digits that equal settings share."""
    different = changed(settings)
    if not different:
        return "default"
    import hashlib

    words = ",".join(f"{code}={float(value)!r}" for code, value in sorted(different.items()))
    return hashlib.sha256(words.encode()).hexdigest()[:8]


class BadSettings(ValueError):
    """Settings that cannot be used: one line for each fault, saying which setting and what is wrong."""

    def __init__(self, faults: list[Text]) -> None:
        super().__init__("; ".join(fault.en for fault in faults))
        self.faults = faults


def settings_from(data: Mapping[str, Any]) -> Settings:
    """Settings from a nested mapping or from flat dotted codes; what is absent keeps its default.

    Raises `BadSettings` with every fault: an unknown code, a value that is no number, or one out of bounds.
    """
    if all(type(value) is float for value in data.values()):
        return _remembered(tuple(data.items()))
    return _settings_from(data)


def _settings_from(data: Mapping[str, Any]) -> Settings:
    nested: dict[str, Any] = {}
    faults: list[Text] = []
    for code, value in data.items():
        name, _, member = str(code).partition(".")
        members = {member: value} if member else value if isinstance(value, dict) else None
        if members is None and name in DEFAULT_KEYS:
            faults.append(_no_group(name, value))
            continue
        if members is None or name not in DEFAULT_KEYS:
            nested[str(code)] = value
            if name in Settings.model_fields and not _is_number(value):
                faults.append(_no_number(str(code), value))
            continue
        for key, number in members.items():
            if not _is_number(number):
                faults.append(_no_number(f"{name}.{key}", number))
            elif str(key) not in DEFAULT_KEYS[name]:
                faults.append(Text(f"没有设置项 {name}.{key}", f"there is no setting {name}.{key}"))
            else:
                nested.setdefault(name, dict(getattr(default_settings(), name)))[str(key)] = number
    try:
        settings = Settings.model_validate(nested)
    except ValueError as error:
        from warmap.model.validation import errors_of

        faults += [fault for item in errors_of(error) if (fault := _fault(item)) not in faults]
    if faults:
        raise BadSettings(faults)
    return settings


@lru_cache(maxsize=16)
def _remembered(codes: tuple[tuple[str, float], ...]) -> Settings:
    usual = dict(flat(default_settings()))
    is_usual = all(usual.get(code) == value for code, value in codes)
    return default_settings() if is_usual else _settings_from(dict(codes))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _no_number(code: str, value: object) -> Text:
    return Text(f"设置项 {code} 不能是 {value!r}（须为数字）", f"setting {code} cannot be {value!r} (must be a number)")


def _no_group(name: str, value: object) -> Text:
    group = ", ".join(DEFAULT_KEYS[name])
    return Text(
        f"设置项 {name} 是一组（{group}），不能是 {value!r}",
        f"setting {name} is a group ({group}) and cannot be {value!r}",
    )


SIGNS: Mapping[str, str] = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}


def _fault(error: Any) -> Text:
    code = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return Text(f"没有设置项 {code}", f"there is no setting {code}")
    bounds = ", ".join(f"{SIGNS[k]} {v:g}" for k, v in error.get("ctx", {}).items() if k in SIGNS)
    wanted = Text("整数", "a whole number") if error["type"].startswith("int_") else Text("数字", "a number")
    return Text(
        f"设置项 {code} 不能是 {error['input']!r}（须{f'满足 {bounds}' if bounds else f'为{wanted.zh}'}）",
        f"setting {code} cannot be {error['input']!r} (must be {bounds or wanted.en})",
    )


@cache
def default_settings() -> Settings:
    """Our own defaults."""
    return Settings()
