"""Where a lease's procedure stands as of a day: acts of the current file, the step reached, the next hearing, plans in force."""

from dataclasses import dataclass
from datetime import date

from riskmodel.law.facts import Act, Lease, Plan

STAGES = (
    *("reminder", "formal_notice", "caf_report", "ccapex_referral", "payment_order", "summons", "hearing", "judgment"),
    *("time_granted", "lease_terminated", "order_to_leave", "police_requested", "police_granted", "eviction"),
)
"""Steps in legal order; a signed protocole and a closed file are no stage (docs/ledger.md § 7)."""
COURT = STAGES[STAGES.index("payment_order") :]
"""What begins with a payment order: one procedure may follow another that did not end in a termination."""
JUDGED = STAGES[STAGES.index("judgment") :]
LEAVING = ("order_to_leave", "police_requested", "police_granted")


@dataclass(frozen=True)
class Procedure:
    """Acts of the current file, oldest first: `past` up to the day of the question, `ahead` those already planned."""

    as_of: date
    past: tuple[Act, ...]
    ahead: tuple[Act, ...]

    @property
    def stage(self) -> str:
        """The furthest step reached, « none » without one."""
        return max((act.step for act in self.past if act.step in STAGES), key=STAGES.index, default="none")

    @property
    def stage_on(self) -> date | None:
        """The newest day of the furthest step."""
        found = self.newest(self.stage)
        return found.on if found else None

    @property
    def hearing_on(self) -> date | None:
        """The nearest hearing that is not over on the day of the question."""
        acts = (*self.past, *self.ahead)
        days = [act.hearing_on for act in acts if act.hearing_on] + [act.on for act in acts if act.step == "hearing"]
        return min((day for day in days if day >= self.as_of), default=None)

    @property
    def court(self) -> str:
        """The newest step from a payment order on, « none » without one: where the procedure under way stands."""
        acts = [act for act in self.past if act.step in COURT]
        return max(acts, key=lambda act: (act.on, STAGES.index(act.step))).step if acts else "none"

    @property
    def began_after(self) -> date:
        """The newest judgment, or what followed one, once a further procedure is under way: what came before is not of it."""
        judged = self.newest(*JUDGED) if self.court not in JUDGED else None
        return judged.on if judged else date.min

    def newest(self, *steps: str) -> Act | None:
        """The newest act of some steps up to the day of the question."""
        return max((act for act in self.past if act.step in steps), key=lambda act: act.on, default=None)

    def planned(self, step: str) -> Act | None:
        """The nearest act of a step that is already planned."""
        return min((act for act in self.ahead if act.step == step), key=lambda act: act.on, default=None)


def procedure(lease: Lease, as_of: date) -> Procedure:
    """The current file of a lease: what follows the newest closing known on the day."""
    closed = max((act.on for act in lease.acts if act.step == "closed" and act.on <= as_of), default=date.min)
    acts = sorted((act for act in lease.acts if act.on > closed and act.step != "closed"), key=lambda act: act.on)
    return Procedure(as_of, tuple(a for a in acts if a.on <= as_of), tuple(a for a in acts if a.on > as_of))


def has_protocol(lease: Lease, file: Procedure) -> bool:
    """Whether a protocole de cohésion sociale keeps the household in place: its plan runs, or it followed the last act."""
    signed, last = file.newest("pcs_signed"), file.newest(*LEAVING)
    is_newer = signed is not None and (last is None or signed.on >= last.on)
    has_ended = any(p.framework == "pcs" and signed and p.signed_on >= signed.on and p.ended_on for p in lease.plans)
    return in_force(lease, file.as_of, "pcs") is not None or (is_newer and not has_ended)


def in_force(lease: Lease, as_of: date, *frameworks: str) -> Plan | None:
    """The newest plan of some frameworks that runs on a day."""
    running = [p for p in lease.plans if p.framework in frameworks and p.signed_on <= as_of and (p.ended_on or date.max) > as_of]
    return max(running, key=lambda plan: plan.signed_on, default=None)
