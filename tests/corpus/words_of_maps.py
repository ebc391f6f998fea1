"""Words to fill maps with: people, companies, projects, in both languages, as many as a corpus needs."""

from __future__ import annotations

FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
GIVEN = "子墨雨桐浩然思远静怡明哲佳宁文博欣妍俊杰婉清志远晓彤承宇若溪建国立新春华海涛玉兰振东秀英国强丽娟"
FIRST = "Ada|Ben|Cleo|Dora|Emil|Faye|Gus|Hana|Igor|Jana|Karl|Lena|Milo|Nora|Otto|Pia|Quin|Rosa|Sven|Tess|Ugo|Vera|Wim|Yara|Zeno"
LAST = "Abbot|Brandt|Castro|Dietz|Ekman|Ferro|Grieve|Hollis|Ibarra|Jansen|Keller|Lindqvist|Moreau|Novak|Okafor|Petrov|Quist|Rossi|Soto|Tanaka|Umar|Vogel|Weiss|Xu|Young|Zhou"
PLACES_ZH = "江北|临港|华川|东岭|南屏|西陵|安澜|云岭|金湖|长岗|海宁|嵩山|浦南|锦江|雁塔|松北|渝中|鹿城|青浦|平江"
TRADES_ZH = "重工|物流|能源|生物|电子|银行|水务|机械|新材料|航运|制药|纺织|数据|轨道|化工"
PLACES_EN = (
    "Northgate|Harbour|Ridge|Lakeside|Summit|Meadow|Granite|Orchard|Sterling|Falcon|Beacon|Willow|Quarry|Delta|Prairie"
)
TRADES_EN = "Industries|Logistics|Energy|Biotech|Electronics|Bank|Water|Machinery|Materials|Shipping|Pharma|Textiles|Data|Rail|Chemicals"


def person(lang, rng):
    if lang == "zh":
        return rng.choice(FAMILY) + "".join(rng.sample(GIVEN, 2))
    return f"{rng.choice(FIRST.split('|'))} {rng.choice(LAST.split('|'))}"


def people(lang, rng, count, taken=()):
    """So many different names, none of them taken."""
    found, seen = [], set(taken)
    while len(found) < count:
        name = person(lang, rng)
        if name not in seen and not any(name in other or other in name for other in seen):
            seen.add(name)
            found.append(name)
    return found


def company(lang, rng, serial):
    """A company's name that no other map bears."""
    if lang == "zh":
        return f"{rng.choice(PLACES_ZH.split('|'))}{rng.choice(TRADES_ZH.split('|'))}第{serial}公司"
    return f"{rng.choice(PLACES_EN.split('|'))} {rng.choice(TRADES_EN.split('|'))} {serial} Ltd."


def remark(lang, serial, number):
    """What makes a text of one map unlike any text of another."""
    return f"（{serial}号档案第{number}条）" if lang == "zh" else f" (file {serial}, note {number})"
