"""Maps of many people who report to and listen to one another, so that several ways lead to the one nobody has met."""

from __future__ import annotations

from random import Random


def web(seed):
    """Ten people: a few of them on our side, a few gone, some never met; nothing else is on the map."""
    dice = Random(seed)
    names = [f"p{number}" for number in range(dice.choice((4, 7, 10)))]
    most = dice.choice((1, 2, 3))

    def person(name):
        return {
            "name": name, "buying_roles": dice.sample(("coach", "user", "economic", "technical"), dice.choice((0, 1, 1, 2))),
            "level": dice.choice(("director", "manager", "clerk", None)), "influence": dice.choice(("high", "medium", None)),
            "contact_frequency": dice.choice(("never", "never", "rare", "occasional", "frequent", None)),
            "support": dice.choice(("support", "neutral", "oppose", None)), "evidence_grade": dice.choice(("stated", "guess")),
            "post_status": dice.choice(("in_post", "in_post", None, "left")), "wants_our_success": dice.choice((True, None)),
            "reports_to": dice.choice((*names, None)),
            "influenced_by": [f" {who.upper()} " for who in dice.sample(names, dice.randint(0, most))],
            "counterpart": dice.choice(("林涛", None, None)),
        }  # fmt: skip

    deal = {"as_of": "2026-06-30", "owner": "何青", "stage": dice.choice(("market_research", "quotation_negotiation"))}
    return {"deal": deal, "contacts": [person(name) for name in names]}
