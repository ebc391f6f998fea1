"""Green, amber or red, from health."""

from collections.abc import Iterator

from warmap.scores.health import NO_WEIGHT, health
from warmap.scores.score import Flagged, Kind, Score
from warmap.terms import HealthBand
from warmap.text import Text

BAND = Text(
    "健康度 {health}；绿从 {green} 起，黄从 {amber} 起。", "Health {health}; green from {green}, amber from {amber}."
)


def why(judged: Flagged) -> Iterator[Text]:
    """Health against the limits of the bands."""
    score, limits = health(judged).score, judged.settings.band
    if score is None:
        yield NO_WEIGHT
    else:
        yield BAND.filled(health=f"{score:.1f}", green=f"{limits['green']:g}", amber=f"{limits['amber']:g}")


SCORE = Score(
    code="band",
    place=190,
    name=Text("健康度分档", "Band"),
    unit=Text("", ""),
    help=Text("健康度是绿、黄还是红", "Whether health is green, amber or red"),
    formula=Text(
        "健康度达到绿或黄的界限即为该档，否则为红。", "Green or amber where health reaches the band's limit, else red."
    ),
    kind=Kind.WORD,
    compute=lambda judged: health(judged).band,
    why=why,
    terms=HealthBand,
)
