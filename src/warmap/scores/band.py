"""Green, amber or red, from health."""

from collections.abc import Iterator

from warmap.scores.health import NO_WEIGHT, NOBODY, health
from warmap.scores.score import Flagged, Kind, Score
from warmap.terms import HealthBand
from warmap.text import Text, percent, tenths

BAND = Text(
    "健康度 {health}；绿从 {green} 起，黄从 {amber} 起。", "Health {health}; green from {green}, amber from {amber}."
)
INCOMPLETE = Text(
    "只评估了 {share} 的权重，不到 {limit}：知道得还太少，不着色。",
    "Only {share} of the weight is assessed, less than {limit}: too little is known to colour it.",
)


def why(judged: Flagged) -> Iterator[Text]:
    """Health against the limits of the bands."""
    found, settings = health(judged), judged.settings
    if found.base is None:
        yield NO_WEIGHT
    elif found.score is None:
        yield NOBODY.filled(base=tenths(found.base))
    elif found.band is HealthBand.INCOMPLETE:
        yield INCOMPLETE.filled(share=percent(found.assessed_share), limit=percent(settings.band_assessed_from))
    else:
        limits = settings.band
        yield BAND.filled(health=tenths(found.score), green=f"{limits['green']:g}", amber=f"{limits['amber']:g}")


SCORE = Score(
    code="band",
    place=190,
    name=Text("健康度分档", "Band"),
    unit=Text("", ""),
    help=Text("健康度是绿、黄、红，还是资料不足", "Whether health is green, amber or red, or too little is known"),
    formula=Text(
        "健康度达到绿或黄的界限即为该档，否则为红；评估过的权重不到一半时为资料不足。",
        "Green or amber where health reaches the band's limit, else red; incomplete with less than half of the weight assessed.",
    ),
    kind=Kind.WORD,
    compute=lambda judged: health(judged).band,
    why=why,
    terms=HealthBand,
)
