"""Every weight and threshold of the method, in one place; sales ops may change each of them.

A setting's code is its path, such as `trust_fading_days` or `influence_weight.high`; in a file the dots may be nesting.
"""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from annotated_types import Interval
from pydantic import BaseModel, ConfigDict, ValidationError

from warmap.model import Bounds, bounds_of, declared
from warmap.text import Text

Positive = Annotated[float, Interval(ge=0)]
Share = Annotated[float, Interval(ge=0, le=1)]
Rating = Annotated[float, Interval(ge=0, le=5)]
Percent = Annotated[float, Interval(ge=0, le=100)]
Days = Annotated[float, Interval(ge=0, le=36500)]


def setting(zh: str, en: str, default: float | dict[str, float]) -> Any:
    """Declare a setting: what it means, and our default."""
    return declared(Text(zh, en), default=default)


class Settings(BaseModel):
    """The numbers of the method with our defaults (specification, sections 1, 3 and 4); each field says what it means.

    The members of a group are codes of a picklist where there is one, else names of their own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)

    influence_weight: dict[str, Positive] = setting(
        "影响力的权重", "Weight of influence", {"high": 3, "medium": 2, "low": 1, "blank": 1}
    )
    role_weight: dict[str, Positive] = setting(
        "角色覆盖中各角色的权重",
        "Weight of each role in role coverage",
        {"coach": 0.25, "user": 0.25, "technical": 0.25, "economic": 0.25},
    )
    engagement: dict[str, Share] = setting(
        "接触程度的分值",
        "Value of engagement",
        {"identified": 0.25, "contacted": 0.5, "engaged": 0.75, "supportive": 1.0},
    )
    coach_cap: dict[str, Share] = setting(
        "教练质量的上限", "Caps on coach quality", {"not_wanting_our_success": 0.5, "not_senior": 0.75}
    )
    role_state: dict[str, Share] = setting(
        "角色状态从几分起",
        "Lowest role score of each state",
        {"contacted": 0.5, "engaged": 0.75, "supportive": 1.0},
    )
    evidence_cap: dict[str, Rating] = setting(
        "各级依据下评分的上限",
        "Most a rating counts for, by evidence",
        {"none": 2, "guess": 3, "stated": 4, "proven": 5},
    )
    pillar_weight: dict[str, Positive] = setting(
        "信任支柱的权重",
        "Weight of the trust pillars",
        {"professional": 1, "expertise": 1, "relationship": 1, "sincerity": 1},
    )
    trust_fading_days: Annotated[float, Interval(gt=0, le=36500)] = setting(
        "关系信任减半所需天数", "Days in which relationship trust halves", 180
    )
    win_value: dict[str, Share] = setting(
        "赢标准状态的分值", "Value of a win status", {"unknown": 0, "identified": 0.5, "met": 1}
    )
    customer_wins_from: Share = setting("赢标准得分达到多少算客户赢", "Win score from which the customer wins", 0.5)
    stage_probability: dict[str, Share] = setting(
        "各阶段的成交概率",
        "Probability by stage",
        {
            "need_identification": 0.1,
            "market_research": 0.25,
            "supplier_assessment": 0.4,
            "quotation_negotiation": 0.6,
            "contract_signing": 0.9,
            "fulfilment": 1.0,
        },
    )
    health_weight: dict[str, Positive] = setting(
        "健康度各组成的权重",
        "Weight of the components of health",
        {"role_coverage": 25, "trust": 20, "win": 20, "stage": 10, "needs": 10, "competition": 10, "fit": 5},
    )
    flag_cost: dict[str, Share] = setting(
        "每面红旗带走剩余健康度的几成", "Share of what is left that a red flag takes",
        {"critical": 0.10, "major": 0.04, "minor": 0.01},
    )  # fmt: skip
    flag_cost_answered_share: Share = setting(
        "已应对的红旗按几成计", "Share of its cost that an answered flag takes", 0.5
    )
    band: dict[str, Percent] = setting("健康度分档", "Lowest health of each band", {"green": 70, "amber": 40})
    band_assessed_from: Share = setting(
        "评估了几成权重才着色", "Share of weight assessed from which health has a colour", 0.5
    )
    tier: dict[str, Percent] = setting("理想客户分级", "Lowest fit of each tier", {"A": 80, "B": 60, "C": 40})
    class_high_from: Annotated[float, Interval(ge=1, le=5)] = setting(
        "客户分类：几分算高", "Customer class: high means at least", 3
    )
    differentiator_gap: Positive = setting("差异点与差距的分差", "Lead that makes a differentiator or a gap", 1)
    plan_weight: dict[str, Positive] = setting(
        "计划质量各部分的分值",
        "Points of the parts of plan quality",
        {"filled": 25, "broad": 25, "evidenced": 25, "fresh": 25},
    )
    plan_fresh_days: Days = setting("判断在几天内算新鲜", "Days within which a judgement is fresh", 90)
    last_contact_days: dict[str, Days] = setting(
        "多少天未接触就亮红旗", "Days without contact that raise a flag", {"high": 30, "medium": 60, "low": 90}
    )
    new_in_post_days: Days = setting("任现职几天内算新任", "Days within which a post counts as new", 90)
    support_stale_days: Days = setting("支持度判断多少天算过期", "Days after which a judgement of support is stale", 90)
    stage_stale_days: Days = setting("停留同一阶段多少天亮红旗", "Days in one stage that raise a flag", 90)
    stage_days: dict[str, Days] = setting(
        "走完各阶段通常需要几天",
        "Days that each stage usually takes",
        {
            "need_identification": 20,
            "market_research": 30,
            "supplier_assessment": 30,
            "quotation_negotiation": 30,
            "contract_signing": 20,
        },
    )
    time_left_critical: Share = setting(
        "剩余时间不到所需的几成算严重", "Share of the time needed below which too little left is critical", 0.5
    )
    close_soon_days: Days = setting("距成交几天内应已到谈判", "Days before closing by which to be negotiating", 30)
    quote_from_stage: Annotated[int, Interval(ge=1, le=6)] = setting(
        "几阶段起可以报价", "Stage from which a price may be given", 4
    )
    counterpart_gap: Annotated[int, Interval(ge=1, le=5)] = setting(
        "对应人低几级就亮红旗", "Ranks below that raise a flag", 2
    )
    low_trust: Percent = setting("信任低于多少就亮红旗", "Trust below which a flag is raised", 40)
    relationship_excess: Positive = setting(
        "关系信任高出多少算过度依赖", "Lead of relationship that is over-reliance", 30
    )
    assessed_share_from: Share = setting("已评估份额的下限", "Assessed share below which a flag is raised", 0.6)
    mode_share_from: Share = setting("反馈模式填了几成才判断", "Share of modes filled before judging them", 0.5)
    position_critical: Annotated[float, Interval(ge=-5, le=5)] = setting(
        "竞争位置低至多少算严重", "Position that is critical", -1
    )
    objection_open_days: Days = setting("异议悬而未决多少天亮红旗", "Days an objection may stay open", 14)
    visit_days: Days = setting("多少天没有拜访就亮红旗", "Days without a visit that raise a flag", 30)
    suspicious_contacts: Annotated[int, Interval(ge=1)] = setting(
        "几人全无反对算可疑", "People without one opponent that look too good", 4
    )
    unchanged_days: Days = setting("多少天没有变化就亮红旗", "Days without a change that raise a flag", 21)
    next_actions: Annotated[int, Interval(ge=1, le=100)] = setting("下一步行动最多几条", "Most next actions shown", 10)


DEFAULT_KEYS: Mapping[str, tuple[str, ...]] = {
    name: tuple(info.default) for name, info in Settings.model_fields.items() if get_origin(info.annotation) is dict
}


def meaning(name: str) -> Text:
    """What a setting, or a group of settings, means."""
    return next(item for item in Settings.model_fields[name].metadata if isinstance(item, Text))


def limits_of(code: str) -> tuple[Bounds, bool]:
    """The limits of a setting, and whether it is a whole number."""
    info = Settings.model_fields[code.partition(".")[0]]
    number, metadata = info.annotation, info.metadata
    if get_origin(number) is dict:
        number, *metadata = get_args(get_args(number)[1])
    return bounds_of(metadata), number is int


def flat(settings: Settings) -> Iterator[tuple[str, float]]:
    """Every setting as (code, number), a group's members under `group.member`."""
    for name in Settings.model_fields:
        value = getattr(settings, name)
        if isinstance(value, dict):
            yield from ((f"{name}.{member}", number) for member, number in value.items())
        else:
            yield name, value


def changed(settings: Settings) -> dict[str, float]:
    """The settings that differ from the defaults, by code: a reader of a result must know of them."""
    usual = dict(flat(default_settings()))
    return {code: value for code, value in flat(settings) if value != usual[code]}


def differences(own: Settings, used: Settings) -> list[tuple[str, float, float]]:
    """The settings in which two sets differ, as (code, the one, the other)."""
    if own is used:
        return []
    others = dict(flat(used))
    return [(code, value, others[code]) for code, value in flat(own) if value != others[code]]


def stamp(settings: Settings) -> str:
    """A name for settings, to stamp a result with: `default`, or eight hexadecimal digits that equal settings share."""
    different = changed(settings)
    if not different:
        return "default"
    words = ",".join(f"{code}={float(value)!r}" for code, value in sorted(different.items()))
    return hashlib.sha256(words.encode()).hexdigest()[:8]


class Retired(NamedTuple):
    """A setting that the method no longer has: its default, and what stands in its place."""

    usual: float
    instead: Text


_A_SHARE = Text(
    "现在用 flag_cost：红旗带走剩余健康度的几成", "flag_cost now says what share of what is left a flag takes"
)
_ANSWERED = Text("现在用 flag_cost_answered_share", "flag_cost_answered_share takes its place")
_PLACES = Text(
    "现在同一代码的第 k 面红旗只计 k 分之一，不设个数", "the k-th flag of a code now costs a k-th, and none is left out"
)
_NO_LIMIT = Text("现在按剩余的比例扣，不设上限", "shares of what is left need no limit")
_FOUR_SHARES = Text(
    "现在用 plan_weight 的 filled、broad、evidenced、fresh",
    "plan_weight now has filled, broad, evidenced and fresh",
)
RETIRED: Mapping[str, Retired] = {
    "penalty.critical": Retired(10, _A_SHARE), "penalty.major": Retired(4, _A_SHARE), "penalty.minor": Retired(1, _A_SHARE),
    "penalty_mitigated_share": Retired(0.5, _ANSWERED), "penalty_flags_per_code": Retired(2, _PLACES),
    "penalty_limit": Retired(40, _NO_LIMIT),
    "plan_weight.required": Retired(50, _FOUR_SHARES), "plan_weight.evidence": Retired(25, _FOUR_SHARES),
}  # fmt: skip
"""Settings of the first version's method, which its workbooks still carry: not taken when such a sheet is read."""

NO_SETTING = Text("没有设置项 {code}", "there is no setting {code}")
CANNOT_BE = Text("设置项 {code} 不能是 {value}（须{wanted}）", "setting {code} cannot be {value} (must be {wanted})")
IS_A_GROUP = Text(
    "设置项 {code} 是一组（{members}），不能是 {value}", "setting {code} is a group ({members}) and cannot be {value}"
)
A_NUMBER, A_WHOLE_NUMBER = Text("为数字", "a number"), Text("为整数", "a whole number")
SIGNS: Mapping[str, str] = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}


class BadSettings(ValueError):
    """Settings that cannot be used; `faults` has one line for each, naming the setting and what is wrong with it."""

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
        if name not in DEFAULT_KEYS:
            nested[str(code)] = value
            if name in Settings.model_fields and not _is_number(value):
                faults.append(CANNOT_BE.filled(code=str(code), value=repr(value), wanted=A_NUMBER))
        elif not member and not isinstance(value, dict):
            faults.append(IS_A_GROUP.filled(code=name, members=", ".join(DEFAULT_KEYS[name]), value=repr(value)))
        else:
            for key, number in ({member: value} if member else value).items():
                if not _is_number(number):
                    faults.append(CANNOT_BE.filled(code=f"{name}.{key}", value=repr(number), wanted=A_NUMBER))
                elif str(key) not in DEFAULT_KEYS[name]:
                    faults.append(NO_SETTING.filled(code=f"{name}.{key}"))
                else:
                    nested.setdefault(name, dict(getattr(default_settings(), name)))[str(key)] = number
    try:
        settings = Settings.model_validate(nested)
    except ValidationError as error:
        found = map(_fault, error.errors(include_url=False))
        faults += [fault for fault in found if fault not in faults]
    if faults:
        raise BadSettings(faults)
    return settings


# A sheet hands over floats, the same at each recalculation, and mostly the defaults, which need no validator to be built.
# Floats only: to a cache 1, 1.0 and True are one key, and True is no setting.
@lru_cache(maxsize=16)
def _remembered(codes: tuple[tuple[str, float], ...]) -> Settings:
    usual = dict(flat(default_settings()))
    is_usual = all(usual.get(code) == value for code, value in codes)
    return default_settings() if is_usual else _settings_from(dict(codes))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _fault(error: Any) -> Text:
    code = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return NO_SETTING.filled(code=code)
    bounds = ", ".join(f"{SIGNS[k]} {v:g}" for k, v in error.get("ctx", {}).items() if k in SIGNS)
    kind = A_WHOLE_NUMBER if error["type"].startswith("int_") else A_NUMBER
    wanted = Text(f"满足 {bounds}", bounds) if bounds else kind
    return CANNOT_BE.filled(code=code, value=repr(error["input"]), wanted=wanted)


@cache
def default_settings() -> Settings:
    """Our defaults. A test holds them to their own limits, so they are not validated here."""
    return Settings.model_construct()
