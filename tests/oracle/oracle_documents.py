"""Maps made up from a seed: every table and field the method looks at, filled, blank, on and beside every boundary."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from random import Random

from oracle_map import ALL_CODES, EXIT_CRITERIA, LEVELS, PILLARS, ROLES, STAGES, SUPPORT, WIN_CRITERIA

TODAY = date(2026, 6, 30)
OFFSETS = (0, 1, 13, 14, 15, 20, 21, 22, 29, 30, 31, 45, 59, 60, 61, 89, 90, 91, 179, 180, 181, 400)
NAMES = ("王芳", "Ann Lee", "李强", "O'Neil", "赵六", "Bo", "Chen Yu")
GRADES = ("none", "guess", "stated", "proven")
NOTHING_DONE = ("维持现状", "Do nothing", "do NOTHING")
RIVALS = ("凌岳科技", "Rival, Inc.", "第四家")
OUR_PEOPLE = ("林涛", "Eva Ring", " 何青 ")
FILLERS = ("TBD", "待定", "xxx", "？？", "n/a", " N/A ")


class Maker:
    """One map; `fill` is how likely a field is filled, drawn anew for each map."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.fill = self.dice.choice((0.3, 0.6, 0.8, 0.95, 1.0))
        self.names = list(NAMES[: self.dice.choice((0, 1, 2, 3, 4, 5, 7))])
        self.rivals = (self.dice.choice(NOTHING_DONE), *RIVALS[: self.dice.choice((0, 1, 3, 3))])

    def maybe(self, make):
        """A value, or a blank in one of its three forms (dropped keys are made by `row`)."""
        if self.dice.random() < self.fill:
            return make()
        return self.dice.choice((None, None, "", "  "))

    def one_of(self, *choices):
        return self.maybe(lambda: self.dice.choice(choices))

    def day(self, late=0.2):
        """A day, mostly before as_of, often exactly on a boundary of some rule."""
        sign = 1 if self.dice.random() < late else -1
        return self.maybe(lambda: str(TODAY + sign * timedelta(self.dice.choice(OFFSETS))))

    def words(self):
        return self.one_of("第一句话", "some words", " padded ")

    def evidence(self):
        """A text that proves something, or one that only fills its cell."""
        return self.one_of("第一句话", "her e-mail of 5 March", " padded ", self.dice.choice(FILLERS))

    def number(self, low, high):
        """A number within bounds, mostly whole, else in halves or hundredths."""
        return self.maybe(
            lambda: self.dice.choice(
                (
                    self.dice.randint(low, high),
                    self.dice.randint(low, high),
                    self.dice.randint(2 * low, 2 * high) / 2,
                    self.dice.randint(100 * low, 100 * high) / 100,
                )
            )
        )

    def name(self):
        """A contact's name: as it is, in another case, with spaces around, or one that nobody bears."""
        if not self.names or self.dice.random() < 0.08:
            return "Nobody Known"
        chosen = self.dice.choice(self.names)
        return self.dice.choice((chosen, chosen, chosen, chosen.upper(), f"  {chosen} ", chosen.replace(" ", "  ")))

    def several(self, make, most=2):
        """A list, or the same as people type it into one cell."""
        made = [make() for _ in range(self.dice.choice((0, 0, *range(1, most + 1))))]
        return self.dice.choice((made, made, "、".join(made), ", ".join(made)))

    def row(self, **fields):
        """A row without some of its keys."""
        return {key: value for key, value in fields.items() if value is not None or self.dice.random() < 0.5}

    def rows(self, most, make):
        return [make() for _ in range(self.dice.choice((0, 0, 1, 2, most, most)))]

    def yes_no(self):
        return self.one_of(True, False)

    def deal(self):
        as_of = TODAY.isoformat() if self.dice.random() < 0.95 else None
        return self.row(
            account=self.words(), opportunity=self.words(), amount=self.one_of(1000, 0.5, 250000.25),
            currency=self.one_of("CNY", "USD"), close_date=self.day(0.6), stage=self.one_of(*STAGES), stage_since=self.day(),
            owner=self.words(), quoted_on=self.day(), as_of=as_of, our_win=self.words(), objective=self.evidence(),
            outcome=self.dice.choice((None, None, None, "open", "", self.dice.choice(("won", "lost", "no_decision")))),
            outcome_on=self.day(), outcome_reason=self.words(),
        )  # fmt: skip

    def contact(self, name):
        roles = self.dice.sample(ROLES, self.dice.choice((0, 1, 1, 1, 2, 4)))
        return self.row(
            name=name, buying_roles=roles, level=self.one_of(*LEVELS), influence=self.one_of("high", "high", "medium", "low"),
            support=self.one_of(*SUPPORT, "support"),
            contact_frequency=self.one_of("frequent", "occasional", "rare", "never"),
            response_mode=self.one_of("growth", "trouble", "even_keel", "overconfident", "overconfident"),
            post_status=self.one_of("in_post", "in_post", "new_in_post", "transferred", "left"), post_since=self.day(0.1),
            evidence_grade=self.one_of(*GRADES), assessed_on=self.day(0.1), counterpart=self.one_of(*OUR_PEOPLE),
            counterpart_level=self.one_of(*LEVELS), wants_our_success=self.yes_no(), last_contact=self.day(0.1), reports_to=self.maybe(self.name) if self.dice.random() < 0.6 else None,
            influenced_by=self.several(self.name), style=self.one_of("analytical", "driver", "amiable", "innovative"),
        )  # fmt: skip

    def contacts(self):
        found = [self.contact(name) for name in self.names]
        if found and self.dice.random() < 0.1:
            found.append(self.contact(f" {self.names[0].upper()} "))
        if self.dice.random() < 0.05:
            found.append(self.contact(None))
        self.dice.shuffle(found)
        return found

    def trust(self):
        pillars = self.dice.sample(PILLARS, self.dice.choice((0, 1, 2, 4, 4)))
        ratings = {p: self.row(rating=self.number(0, 5), evidence_grade=self.one_of(*GRADES)) for p in pillars}
        return self.row(contact=self.name(), rated_on=self.day(0.1), ratings=ratings, evidence=self.evidence())

    def wins(self, contacts):
        """Rows of anybody in any role, in half of the maps after one for each role that somebody holds."""
        pairs = [(one["name"], role) for one in contacts if one.get("name") for role in one["buying_roles"]]
        held = [self.win(*pair) for pair in pairs] if self.dice.random() < 0.5 else []
        return held + self.rows(6, lambda: self.win(self.name(), self.dice.choice(ROLES)))

    def win(self, contact, role):
        criteria = self.dice.sample(WIN_CRITERIA[role], self.dice.choice((0, 2, 6, 6)))
        kinds = self.dice.choice((("met",), ("not_applicable",), ("unknown", "identified", "met", "not_applicable")))
        return self.row(
            contact=contact, role=role, statuses={one: self.one_of(*kinds) for one in criteria},
            evidence_grade=self.one_of(*GRADES), evidence=self.evidence(), personal_win=self.words(), measurable_result=self.words(),
        )  # fmt: skip

    def stage_evidence(self):
        found, sure, backed = [], self.dice.randint(0, 6), self.dice.choice((0.3, 0.8, 1))
        for number, stage in enumerate(STAGES):
            for criterion in EXIT_CRITERIA[stage]:
                done = True if number < sure else self.yes_no()
                if self.dice.random() < 0.9:
                    evidence = "minutes of 5 March" if self.dice.random() < backed else self.evidence()
                    found.append(
                        self.row(stage=stage, criterion=criterion, done=done, done_on=self.day(), evidence=evidence)
                    )
        return found if self.dice.random() < 0.8 else []

    def need(self):
        return self.row(
            contact=self.name(), spin_type=self.one_of("situation", "problem", "implication", "need_payoff"),
            aspect=self.one_of("who", "what", "when", "where", "why", "how", "how_much"),
            question=self.words(), answer=self.words(), need_state=self.one_of("implicit", "explicit", "explicit"),
            capability=self.words(), impact=self.number(1, 10), confidence=self.number(1, 10), ease=self.number(1, 10),
        )  # fmt: skip

    def criterion(self):
        rivals = self.dice.sample(self.rivals, min(len(self.rivals), self.dice.choice((0, 1, 2, 4))))
        return self.row(
            criterion=self.evidence(), weight=self.one_of(1, 2, 0.5, 0.1, 3.3), our_score=self.number(0, 5),
            scores={rival: self.number(0, 5) for rival in rivals},
        )  # fmt: skip

    def profile(self):
        forces = ("rivalry", "new_entrants", "substitutes", "supplier_power", "buyer_power")
        questions = ("large", "future_profit", "leads_us", "must_not_be_lost")
        return self.row(
            scale=self.number(1, 5), industry_attractiveness=self.number(1, 5), profitability=self.number(1, 5),
            five_forces={force: self.number(1, 5) for force in self.dice.sample(forces, self.dice.choice((0, 2, 5)))},
            key_account={one: self.yes_no() for one in self.dice.sample(questions, self.dice.choice((0, 2, 4)))},
        )  # fmt: skip

    def negotiation(self):
        given = self.dice.choice(((), (self.row(give="x"),), (self.row(give="x", get=self.words()),)))
        return self.row(
            opening_price=self.number(90, 120), target_price=self.number(80, 110), walk_away_price=self.number(70, 100),
            customer_walk_away=self.number(60, 120), our_alternative=self.words(), customer_alternative=self.words(),
            concessions=list(given), feelings=self.words(),
        )  # fmt: skip

    def objection(self):
        return self.row(
            contact=self.name(),
            objection=self.words(),
            answered=self.yes_no(),
            raised_on=self.day(0.1),
            closed_on=self.one_of(self.day()),
        )

    def named(self):
        """What an action or a strength answers: a code, a person, a role or stage by code or label, or nothing of these."""
        roles = ("coach", "economic", "决策者", "教练", "技术把关者", "User", "报价及谈判", *STAGES, "deal")
        code = self.dice.choice(ALL_CODES)
        word = self.dice.choice(
            (code, self.name(), self.name(), self.dice.choice(roles), "other", " rf205 ", f"see {code}!")
        )
        return self.dice.choice((word, word.lower(), f" {word} "))

    def strength(self):
        """A strength that answers nothing, or up to five things, of which three count."""
        return self.row(text=self.words(), answers=self.several(self.named, 5))

    def action(self):
        return self.row(
            what=self.evidence(), owner=self.words(), due=self.day(0.7), about=self.several(self.named, 5),
            status=self.one_of("open", "in_progress", "done", "cancelled"), customer_owner=self.maybe(self.name),
        )  # fmt: skip

    def visit(self):
        return self.row(
            date=self.day(), goal=self.evidence(), actual_result=self.words(), contacts=self.several(self.name),
        )  # fmt: skip

    def document(self):
        """The map. A table is dropped, empty, or filled."""
        contacts = self.contacts()
        made = {
            "contacts": contacts,
            "trust": self.rows(8, self.trust),
            "wins": self.wins(contacts),
            "stage_evidence": self.stage_evidence(),
            "needs": self.rows(5, self.need),
            "competition": self.rows(4, self.criterion),
            "ideal_customer": self.rows(3, lambda: self.row(attribute=self.words(), weight=self.one_of(1, 2, 0.7), score=self.number(0, 5))),
            "objections": self.rows(3, self.objection),
            "visits": self.rows(4, self.visit),
            "actions": self.rows(5, self.action),
            "strengths": self.rows(2, self.strength),
            "resources": self.rows(2, lambda: self.row(resource=self.words(), committed=self.yes_no(), needed=self.yes_no())),
            "org_units": self.rows(2, lambda: self.row(name=self.words(), parent=self.words())),
            "swot": self.rows(2, lambda: self.row(quadrant="threat", text=self.evidence())),
            "profile": self.profile(),
            "negotiation": self.negotiation(),
        }  # fmt: skip
        kept = {table: held for table, held in made.items() if self.dice.random() < 0.93}
        return {"deal": self.deal(), **kept}

    def with_history(self, document):
        """Some maps have snapshots of themselves as they are, or as they were when something else stood there."""
        if self.dice.random() < 0.2:
            other = copy.deepcopy(document)
            other["deal"]["objective"] = "something else"
            snapshots = []
            for _ in range(self.dice.randint(1, 3)):
                held = self.dice.choice((document, document, other))
                day = TODAY - timedelta(self.dice.choice(OFFSETS))
                snapshots.append({"taken_on": day.isoformat(), "map": copy.deepcopy(held)})
            document["snapshots"] = snapshots
        return document
