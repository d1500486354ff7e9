"""docs/ledger.md § 8: silence alone counts for nothing, a refusal is an answer, « delivered » is neither."""

import pytest

from tests.spec.conftest import Check
from tests.spec.drawing import household

TITLES = "| le | canal | sens | issue |\n"
LAST_ANSWER = TITLES + "| 2026-01-05 | téléphone | entrant | joint |\n"


def test_silence_alone_counts_for_nothing(check: Check) -> None:
    check(
        household(contacts=LAST_ANSWER),
        "2026-06-30",
        silence_days=0,
        days_since_two_way=176,
        attempts_180d=0,
        failed_attempts_180d=0,
    )


def test_one_failed_attempt_is_not_a_silence(check: Check) -> None:
    home = household(contacts=LAST_ANSWER + "| 2026-06-01 | téléphone | sortant | sans réponse |")
    check(home, "2026-06-30", silence_days=0, attempts_180d=1, failed_attempts_180d=1)


def test_silence_counts_from_the_last_answer_once_two_attempts_failed(check: Check) -> None:
    home = household(contacts=LAST_ANSWER + "| 2026-05-01 à 2026-06-01 | téléphone | sortant | sans réponse |")
    check(home, "2026-06-30", silence_days=176, failed_attempts_180d=2, failed_channels_180d=1)


def test_a_household_that_never_answered_is_silent_since_it_moved_in(check: Check) -> None:
    home = household(contacts=TITLES + "| 2026-05-01 à 2026-06-01 | lettre | sortant | NPAI |")
    check(home, "2026-06-30", silence_days=2368, days_since_two_way=None, days_since_inbound=None, mail_returned_365d=2)


@pytest.mark.parametrize("outcome", ["joint", "rendez-vous honoré", "refus"])
def test_an_answer_wipes_the_failures_before_it_and_a_refusal_is_an_answer(check: Check, outcome: str) -> None:
    home = household(
        contacts=LAST_ANSWER
        + f"""| 2026-05-01 à 2026-06-01 | téléphone | sortant | sans réponse |
              | 2026-06-10              | visite    | sortant | {outcome}    |
              | 2026-06-20              | SMS       | sortant | message      |"""
    )
    check(
        home, "2026-06-30", silence_days=0, days_since_two_way=20, days_since_inbound=176, failed_attempts_180d=1, attempts_180d=4
    )


def test_what_was_delivered_is_neither_an_answer_nor_a_failure(check: Check) -> None:
    home = household(contacts=LAST_ANSWER + "| 2026-04-01 à 2026-06-01 | lettre | sortant | remis |")
    check(home, "2026-06-30", attempts_180d=3, failed_attempts_180d=0, days_since_two_way=176, silence_days=0)


def test_an_answer_at_noon_wipes_the_morning_and_not_the_evening(check: Check) -> None:
    home = household(
        contacts=TITLES
        + """| 2026-06-10 09:00 | téléphone | sortant | sans réponse |
             | 2026-06-10 12:00 | accueil   | entrant | joint        |
             | 2026-06-10 17:00 | SMS       | sortant | message      |"""
    )
    check(home, "2026-06-30", failed_attempts_180d=1, failed_channels_180d=1, days_since_two_way=20)


def test_channels_are_counted_once_each(check: Check) -> None:
    home = household(
        contacts=TITLES
        + """| 2026-05-01 à 2026-06-01 | téléphone  | sortant | sans réponse       |
             | 2026-05-10              | visite     | sortant | rendez-vous manqué |
             | 2026-05-20              | recommandé | sortant | non réclamé        |
             | 2026-05-25              | courriel   | sortant | remis              |"""
    )
    check(home, "2026-06-30", failed_attempts_180d=4, failed_channels_180d=3, appointments_missed_180d=1, mail_returned_365d=1)


def test_returned_mail_is_remembered_for_a_year_and_attempts_for_half_of_it(check: Check) -> None:
    home = household(contacts=TITLES + "| 2026-01-02 | lettre | sortant | NPAI |\n| 2026-01-02 | courriel | sortant | NPAI |")
    check(home, "2026-06-30", failed_attempts_180d=2, mail_returned_365d=1)
    check(home, "2026-07-01", failed_attempts_180d=0, attempts_180d=0, mail_returned_365d=1)
    check(home, "2027-01-02", mail_returned_365d=0)


def test_a_household_nobody_tried_to_reach_is_to_contact_and_not_lost(check: Check) -> None:
    home = household(contacts=LAST_ANSWER)
    check(home, "2027-01-04", is_to_contact=False)
    check(home, "2027-01-05", is_to_contact=True, silence_days=0)
    check(household(), "2026-06-30", is_to_contact=True, silence_days=0)
    tried = household(contacts=TITLES + "| 2026-06-01 | SMS | sortant | remis |")
    check(tried, "2026-06-30", is_to_contact=False)


def test_a_contact_noted_late_is_not_known_before(check: Check) -> None:
    home = household(contacts="| le | canal | sens | issue | saisi le |\n| 2026-06-01 | accueil | entrant | joint | 2026-06-04 |")
    check(home, "2026-06-03", days_since_two_way=None)
    check(home, "2026-06-04", days_since_two_way=3, days_since_inbound=3)


ASKED = "| demande | envoyée | pour le | relance | réponse |\n"


@pytest.mark.parametrize(
    ("word", "part"),
    [
        ("enquête OPS", "surveys_unmet"),
        ("enquête SLS", "surveys_unmet"),
        ("assurance", "insurance_unmet"),
        ("chaudière", "access_unmet"),
        ("accès technique", "access_unmet"),
    ],
)
def test_a_request_is_unmet_once_reminded_and_overdue(check: Check, word: str, part: str) -> None:
    home = household(obligations=ASKED + f"| {word} | 2026-01-10 | 2026-02-10 | 2026-02-20 | 2026-04-01 |")
    check(home, "2026-02-19", obligations_unmet=0)
    check(home, "2026-02-20", **{"obligations_unmet": 1, part: 1})
    check(home, "2026-04-01", obligations_unmet=0)


def test_a_request_reminded_before_its_term_waits_for_the_term(check: Check) -> None:
    home = household(obligations=ASKED + "| assurance | 2026-01-10 | 2026-02-10 | 2026-02-01 | |")
    check(home, "2026-02-10", obligations_unmet=0)
    check(home, "2026-02-11", obligations_unmet=1)
    check(home, "2028-01-09", obligations_unmet=1)
    check(home, "2028-01-10", obligations_unmet=0)


def test_a_request_never_reminded_is_not_held_against_the_household(check: Check) -> None:
    check(household(obligations=ASKED + "| assurance | 2026-01-10 | 2026-02-10 | | |"), "2026-06-30", obligations_unmet=0)
