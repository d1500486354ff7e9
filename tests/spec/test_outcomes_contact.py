"""docs/outcomes.md § 5: contact is lost when attempts fail, letters come back or requests stay unmet; never by silence alone."""

from datetime import date

from tests.lakes import Rows
from tests.spec.drawing import household
from tests.spec.hindsight import follow, lost

HEAD = "| le | canal | sens | issue |\n"
NOTHING = (None, None)


def called(lines: str) -> Rows:
    return household(contacts=HEAD + lines)


CALL = "| {} | téléphone | sortant | sans réponse |\n"
TWO_CALLS = CALL.format("2026-02-10") + CALL.format("2026-02-20")


def test_three_attempts_fail_over_two_channels() -> None:
    found = lost(
        two_channels=called(TWO_CALLS + "| 2026-03-01 | visite | sortant | sans réponse |"),
        one_channel=called(TWO_CALLS + CALL.format("2026-03-01")),
        two_attempts=called("| 2026-02-10 | SMS | sortant | sans réponse |\n" + CALL.format("2026-02-20")),
        delivered=called(TWO_CALLS + "| 2026-03-01 | lettre | sortant | remis |"),
        nobody_tried=called(""),
    )
    assert found.pop("two_channels") == (date(2026, 3, 1), "attempts")
    assert set(found.values()) == {NOTHING}


def test_an_answer_in_between_starts_again() -> None:
    visit = "| 2026-03-01 | visite | sortant | sans réponse |\n"
    found = lost(
        answered=called(TWO_CALLS + "| 2026-02-25 | accueil | entrant | joint |\n" + visit),
        refused=called(TWO_CALLS + "| 2026-02-25 | téléphone | sortant | refus |\n" + visit),
        same_instant=called(TWO_CALLS + visit + "| 2026-03-01 | accueil | entrant | joint |\n"),
        afterwards=called(TWO_CALLS + visit + "| 2026-03-01 18:00 | accueil | entrant | joint |\n"),
        again=called("| 2026-02-05 | accueil | entrant | joint |\n" + TWO_CALLS + visit),
    )
    event = (date(2026, 3, 1), "attempts")
    assert found == {"answered": NOTHING, "refused": NOTHING, "same_instant": NOTHING, "afterwards": event, "again": event}


def test_what_happened_up_to_the_day_does_not_count() -> None:
    before = CALL.format("2026-01-10") + CALL.format("2026-02-01")
    visits = "| 2026-02-{} | visite | sortant | sans réponse |\n"
    found = follow(
        counted_anew=called(before + visits.format("10")),
        lost_anyway=called(before + visits.format("10") + visits.format("12") + CALL.format("2026-02-14")),
        only_before=called(before),
    )
    assert {name: row["decrochage_on"] for name, row in found.items()} == {
        "counted_anew": None,
        "lost_anyway": date(2026, 2, 14),
        "only_before": None,
    }
    assert {name: row["attempted"] for name, row in found.items()} == {
        "counted_anew": True,
        "lost_anyway": True,
        "only_before": False,
    }


def test_mail_that_comes_back_twice() -> None:
    back = "| 2026-02-10 | lettre | sortant | NPAI |\n"
    found = lost(
        twice=called(back + "| 2026-03-10 | recommandé | sortant | non réclamé |"),
        once=called(back),
        email=called(back + "| 2026-03-10 | courriel | sortant | NPAI |"),
        answered=called(back + "| 2026-03-01 | portail | entrant | joint |\n| 2026-03-10 | lettre | sortant | NPAI |"),
    )
    assert found == {"twice": (date(2026, 3, 10), "mail"), "once": NOTHING, "email": NOTHING, "answered": NOTHING}


def test_two_requests_stay_unmet_past_their_reminder_and_a_fortnight() -> None:
    def asked(answered: str = "", second: str = "2026-03-20", requested: str = "2026-01-10") -> Rows:
        return household(
            obligations=f"""
            | demande      | envoyée     | pour le    | relance    | réponse    |
            | enquête OPS  | 2026-01-05  | 2026-02-05 | 2026-02-15 |            |
            | assurance    | {requested} | 2026-03-10 | {second}   | {answered} |
            """
        )

    found = lost(
        unmet=asked(),
        met_on_the_fifteenth_day=asked("2026-04-04"),
        met_the_day_after=asked("2026-04-05"),
        not_reminded=asked(second=""),
        reminded_before_it_was_due=asked(second="2026-03-01"),
    )
    event = (date(2026, 3, 20), "obligations")
    assert found == {
        "unmet": event,
        "met_on_the_fifteenth_day": NOTHING,
        "met_the_day_after": event,
        "not_reminded": NOTHING,
        "reminded_before_it_was_due": (date(2026, 3, 11), "obligations"),
    }


def test_a_household_with_two_requests_unmet_on_the_day_is_not_lost_by_a_third() -> None:
    unmet = household(
        obligations="""
        | demande         | envoyée    | pour le    | relance    |
        | enquête OPS     | 2025-11-05 | 2025-12-05 | 2025-12-15 |
        | assurance       | 2025-11-05 | 2025-12-05 | 2025-12-15 |
        | accès technique | 2026-02-05 | 2026-02-15 | 2026-03-05 |
        """
    )
    found = follow(unmet=unmet)["unmet"]
    assert (found["decrochage_on"], found["in_contact"], found["obligations_unmet"]) == (None, False, 2)


def test_of_two_ways_the_first_counts() -> None:
    both = called(TWO_CALLS + "| 2026-02-21 | lettre | sortant | NPAI |\n| 2026-02-25 | lettre | sortant | NPAI |")
    assert lost(both=both) == {"both": (date(2026, 2, 21), "attempts")}
