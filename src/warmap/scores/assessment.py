"""One map judged: every score, computed once when first asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property

from warmap.model import TABLES, Contact, WarMap, Win
from warmap.scores import (
    account,
    competition,
    fit,
    needs,
    negotiation,
    plan_quality,
    roles,
    stages,
    trust,
    wins,
)
from warmap.scores.engagement import is_active, weight
from warmap.settings import Settings, default_settings
from warmap.terms import (
    BuyingRole,
    CustomerClass,
    HealthComponent,
    Influence,
    NegotiationPoint,
    ProcurementStage,
    Quadrant,
    Tier,
    TrustPillar,
    key,
)

ALL_TABLES = frozenset(table.code for table in TABLES) | {"snapshots"}


class Assessment:
    """A map, the settings it is judged by, and what follows from them.

    `tables` names the tables that were given: a worksheet function sees only some, and a rule that needs another
    says nothing rather than something wrong.
    """

    def __init__(self, war_map: WarMap, settings: Settings | None = None, tables: Collection[str] = ALL_TABLES) -> None:
        self.map = war_map
        self.settings = settings or default_settings()
        self.tables = frozenset(tables)

    @property
    def as_of(self) -> date | None:
        """The date the map is judged at; without it nothing has an age."""
        return self.map.deal.as_of

    def age(self, day: date | None) -> int | None:
        """Days from `day` to as_of (negative for a day to come), or None where either is blank."""
        return (self.as_of - day).days if day is not None and self.as_of is not None else None

    @property
    def stage(self) -> int:
        """Number of the declared stage, 0 when none is declared."""
        return self.map.deal.stage.number if self.map.deal.stage else 0

    @cached_property
    def contacts(self) -> dict[str, Contact]:
        """Contacts by name as `key` writes it; of two with one name the first counts (the second is finding DV207)."""
        found: dict[str, Contact] = {}
        for contact in self.map.contacts:
            if contact.name is not None:
                found.setdefault(key(contact.name), contact)
        return found

    @cached_property
    def active(self) -> list[Contact]:
        """Contacts in post or new in post."""
        return [contact for contact in self.contacts.values() if is_active(contact)]

    @cached_property
    def high_influence(self) -> list[Contact]:
        """Active contacts of high influence."""
        return [contact for contact in self.active if contact.influence is Influence.HIGH]

    def weight(self, contact: Contact) -> float:
        """w(c)."""
        return weight(contact, self.settings)

    @cached_property
    def roles(self) -> Mapping[BuyingRole, roles.RoleScore]:
        """Score and state of each buying role."""
        return {role: roles.role_score(role, self.active, self.settings) for role in BuyingRole}

    def holders(self, role: BuyingRole) -> tuple[Contact, ...]:
        """The active contacts that hold a role."""
        return self.roles[role].holders

    @cached_property
    def role_coverage(self) -> float:
        """0 … 1."""
        return roles.role_coverage(self.roles, self.settings)

    @cached_property
    def contact_trust(self) -> Mapping[str, trust.ContactTrust]:
        """Trust of every contact, by the key of its name."""
        latest = trust.latest_rows(self.map.trust)
        return {
            name: trust.contact_trust(contact, latest.get(name, {}), self.as_of, self.settings)
            for name, contact in self.contacts.items()
        }

    def trust_of(self, contact: Contact) -> trust.ContactTrust:
        """Trust of one contact."""
        return self.contact_trust[key(contact.name or "")]

    @cached_property
    def _account_trust(self) -> tuple[float | None, float | None]:
        return trust.account_trust(self.active, self.contact_trust, self.settings)

    @property
    def trust(self) -> float | None:
        """0 … 100."""
        return self._account_trust[0]

    @property
    def trust_assessed_share(self) -> float | None:
        """0 … 1."""
        return self._account_trust[1]

    @cached_property
    def trust_pillars(self) -> Mapping[TrustPillar, float | None]:
        """0 … 100 by pillar."""
        return {
            pillar: trust.pillar_score(pillar, self.active, self.contact_trust, self.settings) for pillar in TrustPillar
        }

    @cached_property
    def win_rows(self) -> Mapping[tuple[str, BuyingRole], Win]:
        """The wins rows that count."""
        return wins.rows_by_contact_and_role(self.map.wins)

    @cached_property
    def win_checklist(self) -> list[wins.WinLine]:
        """Every criterion of every contact-role."""
        return list(wins.checklist(self.active, self.win_rows))

    @cached_property
    def win(self) -> float | None:
        """0 … 1."""
        return wins.win_score(self.win_checklist, self.settings)

    @cached_property
    def quadrant(self) -> Quadrant | None:
        """Who wins, ours first."""
        return wins.quadrant(self.win, self.map.deal, self.map.negotiation, self.settings)

    @cached_property
    def stage_gates(self) -> list[stages.GateLine]:
        """The sixteen exit criteria."""
        return stages.gates(self.map.stage_evidence)

    @cached_property
    def stage_reached(self) -> int:
        """1 … 6."""
        return stages.stage_reached(self.stage_gates)

    @property
    def stage_earned(self) -> ProcurementStage:
        """The stage reached, as a stage."""
        return list(ProcurementStage)[self.stage_reached - 1]

    @cached_property
    def stage_score(self) -> float | None:
        """0 … 1."""
        return stages.stage_score(self.stage_gates, self.map.deal.stage)

    @cached_property
    def need_log(self) -> needs.NeedLog:
        """The SPIN log judged: its shares, what is unanswered and unasked, the needs by ICE."""
        return needs.need_log(self.map.needs)

    @property
    def needs(self) -> float | None:
        """0 … 1."""
        return self.need_log.score

    @cached_property
    def competition(self) -> competition.Competition:
        """Means, position, differentiators and gaps."""
        return competition.competition(self.map.competition, self.settings)

    @property
    def position(self) -> float | None:
        """−5 … +5."""
        return self.competition.position

    @property
    def competition_score(self) -> float | None:
        """0 … 100."""
        return self.competition.score

    @cached_property
    def fit(self) -> float | None:
        """0 … 100."""
        return fit.fit(self.map.ideal_customer)

    @property
    def tier(self) -> Tier | None:
        """A … D."""
        return fit.tier(self.fit, self.settings)

    @property
    def customer_class(self) -> CustomerClass | None:
        """What the account is to us."""
        return account.customer_class(self.map.profile, self.settings)

    @property
    def key_account_count(self) -> int | None:
        """Key-account questions answered yes, 0 … 4."""
        return account.key_account_count(self.map.profile)

    @property
    def five_forces(self) -> float | None:
        """0 … 100."""
        return account.five_forces(self.map.profile)

    @property
    def negotiation_points(self) -> Mapping[NegotiationPoint, bool]:
        """The five things to have ready."""
        return negotiation.points(self.map.negotiation)

    @property
    def negotiation(self) -> float | None:
        """0 … 1."""
        return negotiation.readiness(self.map.negotiation)

    @property
    def zopa(self) -> Decimal | None:
        """In the deal's currency; below 0 there is none."""
        return negotiation.zopa(self.map.negotiation)

    @cached_property
    def health_components(self) -> Mapping[HealthComponent, float | None]:
        """Each component on 0 … 100."""
        shares = {
            HealthComponent.ROLE_COVERAGE: self.role_coverage,
            HealthComponent.WIN: self.win,
            HealthComponent.STAGE: self.stage_score,
            HealthComponent.NEEDS: self.needs,
        }
        points = {
            HealthComponent.TRUST: self.trust,
            HealthComponent.COMPETITION: self.competition_score,
            HealthComponent.FIT: self.fit,
        }
        values = {**{part: None if share is None else 100 * share for part, share in shares.items()}, **points}
        return {part: values[part] for part in HealthComponent}

    @cached_property
    def plan(self) -> plan_quality.PlanQuality:
        """Plan quality with the shares it is made of."""
        return plan_quality.plan_quality(self.map, self.settings)

    @property
    def plan_quality(self) -> float:
        """0 … 100."""
        return self.plan.score
