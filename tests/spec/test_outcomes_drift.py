"""docs/outcomes.md § 3: a debt drifts when it reaches two net terms and stays there fifteen days; mere timing never does."""

from datetime import date, timedelta

from tests.lakes import Rows
from tests.spec.drawing import household
from tests.spec.hindsight import SUNDAY, drift

NOTHING = (None, None, None)


def tenant(after: str, *, benefit: str = "", plans: str = "", before: str = "") -> Rows:
    """400 € a month due on the 5th, paid on the 6th until January; `after` is what happens from then on."""
    entries = f"""
        | valeur                  | écriture | montant | période | comptabilisée |
        | 2025-01-05 à 2026-12-05 | loyer    |  400,00 | mois    |               |
        | 2025-01-06 à 2025-12-06 | virement | -400,00 |         |               |
        {before or "| 2026-01-06 | virement | -400,00 | | |"}
        {after}
    """
    drawn = {name: text for name, text in (("benefits", benefit), ("plans", plans)) if text}
    return household(entries=entries, **drawn)


PAYS_AGAIN = "| 2026-04-06 à 2026-12-06 | virement | -400,00 | | |"


def test_two_terms_are_reached_from_one_point_nine() -> None:
    found = drift(
        reached=tenant(f"| 2026-02-10 | virement | -40,00 | | |\n{PAYS_AGAIN}"),
        missed=tenant(f"| 2026-02-10 | virement | -40,01 | | |\n{PAYS_AGAIN}"),
    )
    assert found == {"reached": (date(2026, 3, 5), None, None), "missed": NOTHING}


def test_a_debt_of_two_terms_has_to_stay_fifteen_days() -> None:
    found = drift(
        fourteen=tenant(f"| 2026-03-19 | virement | -400,00 | | |\n{PAYS_AGAIN}"),
        fifteen=tenant(f"| 2026-03-20 | virement | -400,00 | | |\n{PAYS_AGAIN}"),
    )
    assert found == {"fourteen": NOTHING, "fifteen": (date(2026, 3, 5), None, None)}


def test_an_event_is_dated_to_the_day_up_to_the_hundred_and_eightieth() -> None:
    last_day = SUNDAY + timedelta(days=180)
    paid = "| 2026-02-06 à 2026-07-06 | virement | -400,00 | | |\n"
    stops = "| 2026-08-06 à 2026-12-06 | virement | -400,00 | | |"
    found = drift(
        day_180=tenant(paid + f"| {last_day} | reprise de solde | 800,00 | | |\n{stops}"),
        day_181=tenant(paid + f"| {last_day + timedelta(days=1)} | reprise de solde | 800,00 | | |\n{stops}"),
    )
    assert found == {"day_180": (last_day, None, None), "day_181": NOTHING}


PAYS_NET = "| 2026-02-06 à 2026-12-06 | virement | -150,00 | | |"
APL = """
    | valeur                  | écriture | montant | période | comptabilisée |
    | 2025-01-05 à 2026-12-05 | loyer    |  400,00 | mois    |               |
    | 2025-01-06 à 2026-12-06 | virement | -150,00 |         |               |
    | 2025-01-25 à 2026-01-25 | APL      | -250,00 | mois    |               |
"""


def entitled(rights: str, entries: str) -> Rows:
    """400 € of rent of which 250 € are housing benefit until January; `rights` and `entries` say what comes next."""
    known = "| mois du droit | droit | état | su le |\n| 2025-01 à 2026-01 | 250,00 | | |\n"
    return household(entries=APL + entries, benefits=known + rights)


def test_benefit_received_late_is_no_event_however_late() -> None:
    open_rights = "| 2026-02 à 2026-12 | 250,00 | | |"
    suspended = "| 2026-02 à 2026-05 | 0,00 | suspendu | |\n| 2026-06 à 2026-12 | 250,00 | | |"
    from_june = "| 2026-06-25 à 2026-12-25 | APL | -250,00 | mois | |"
    found = drift(
        late=entitled(
            open_rights,
            "| 2026-04-25 | APL | -250,00 | 2026-02 | |\n| 2026-04-25 | APL | -250,00 | 2026-03 | |\n"
            "| 2026-04-25 à 2026-12-25 | APL | -250,00 | mois | |",
        ),
        recalled=entitled(suspended, f"| 2026-06-20 | rappel APL | -1000,00 | | |\n{from_june}"),
        lost=entitled(suspended, from_june),
    )
    assert found == {"late": NOTHING, "recalled": NOTHING, "lost": (date(2026, 3, 5), None, None)}


def test_benefit_beyond_the_rent_and_its_refund_are_no_debt() -> None:
    found = drift(
        refunded=household(
            entries="""
            | valeur                  | écriture         | montant | période |
            | 2025-01-05 à 2026-12-05 | loyer            |  400,00 | mois    |
            | 2025-01-25 à 2026-12-25 | APL              | -450,00 | mois    |
            | 2026-04-10              | reprise de solde |  150,00 |         |
            """
        )
    )
    assert found == {"refunded": NOTHING}


def test_a_regularisation_is_no_drift_and_what_pays_it_pays_no_rent() -> None:
    rents = "| 2026-02-06 à 2026-12-06 | virement | -400,00 | | |"
    shock = "| 2026-02-10 | régularisation | 1000,00 | 2025-12 | |\n"
    found = drift(
        unpaid=tenant(shock + rents),
        paid=tenant(
            shock + "| 2026-02-06 | virement | -400,00 | | |\n| 2026-02-15 | virement | -1000,00 | | |\n"
            "| 2026-05-06 à 2026-12-06 | virement | -400,00 | | |"
        ),
    )
    assert found == {"unpaid": NOTHING, "paid": (date(2026, 4, 5), None, None)}


def test_a_cheque_that_was_on_its_way_is_no_drift() -> None:
    pays = "| 2026-02-25 | virement | -400,00 | | |\n| 2026-03-06 à 2026-12-06 | virement | -400,00 | | |"
    january = "| 2026-01-30 | chèque | -400,00 | | {} |"
    found = drift(
        on_its_way=tenant(pays, before=january.format("2026-02-09")),
        never_came=tenant(pays, before="| 2026-01-30 | frais | 0,01 | | |"),
    )
    assert found == {"on_its_way": NOTHING, "never_came": (date(2026, 2, 5), None, None)}


def test_provisional_sls_given_back_is_a_credit() -> None:
    rents = "| 2026-02-06 | virement | -400,00 | | |\n| 2026-05-06 à 2026-12-06 | virement | -400,00 | | |"
    given_back = "| 2026-02-20 | SLS | -400,00 | | |\n"
    found = drift(given_back=tenant(given_back + rents), without=tenant(rents))
    assert found == {"given_back": NOTHING, "without": (date(2026, 4, 5), None, None)}


OLD_DEBT = "| 2026-01-06 | virement | -400,00 | | |\n| 2025-06-01 | reprise de solde | 1200,00 | | |"
PLAN = (
    "| cadre   | signé      | première   | échéance | nombre | dette   | fini | motif |\n"
    "| amiable | 2026-01-10 | 2026-02-10 | 100,00   | 12     | 1200,00 | {} |"
)


def test_a_plan_that_breaks_makes_its_whole_rest_payable() -> None:
    rents = "| 2026-02-06 à 2026-12-06 | virement | -400,00 | | |"
    instalments = "\n| 2026-02-11 à 2026-12-11 | virement | -100,00 | | |"
    found = drift(
        kept=tenant(rents + instalments, before=OLD_DEBT, plans=PLAN.format(" | ")),
        missed=tenant(rents, before=OLD_DEBT, plans=PLAN.format(" | ")),
        broken=tenant(rents, before=OLD_DEBT, plans=PLAN.format("2026-03-20 | rompu")),
        settled=tenant(
            rents + "\n| 2026-03-01 | virement | -1200,00 | | |", before=OLD_DEBT, plans=PLAN.format("2026-03-02 | soldé")
        ),
    )
    assert found == {"kept": NOTHING, "missed": NOTHING, "broken": (date(2026, 3, 20), None, None), "settled": NOTHING}
