"""How a rung is judged: every unmet condition named, every open question asked, alternatives and lenient conditions."""

from dataclasses import replace

import pytest

from riskmodel.errors import SchemeRefused
from riskmodel.schemes import FACTS, Condition, Rung, ladder, load
from riskmodel.schemes.wording import shown, wanted

SCHEMES = load()
DIRECT = Condition("contact", "is", "answers", "Il ne répond pas.")
THIRD = Condition(
    "contact", "in", ("weak", "lost"), "Il répond.", alternatives=(Condition("third_party_needed", "is", True, ""),)
)
WILLING = Condition("wants_help", "is", True, "Il ne veut pas.", is_lenient=True)
LATE = Condition("stage", "at_least", "terminated", "Bail en cours.")


def judged(*conditions: Condition, **situation: object) -> Rung:
    scheme = replace(SCHEMES["mediation"], conditions=conditions)
    return ladder({"mediation": scheme}, situation)[0]


def test_every_condition_that_fails_is_named_with_what_was_seen_and_expected() -> None:
    rung = judged(DIRECT, LATE, contact="lost", stage="cdp")
    assert rung.outcome == "unmet"
    assert [(u.fact, u.seen, u.expected, u.text) for u in rung.unmet] == [
        ("contact", "contact perdu", "répond", "Il ne répond pas."),
        ("stage", "commandement de payer", "au moins bail résilié", "Bail en cours."),
    ]


def test_a_failed_condition_leaves_nothing_to_ask() -> None:
    rung = judged(DIRECT, LATE, contact="lost")
    assert (rung.outcome, rung.asks) == ("unmet", ())


def test_what_is_not_known_is_asked_once() -> None:
    rung = judged(DIRECT, LATE, DIRECT)
    assert (rung.outcome, rung.asks) == ("unknown", ("contact", "stage"))


def test_an_alternative_that_holds_settles_the_condition_even_with_the_rest_unknown() -> None:
    assert judged(THIRD, third_party_needed=True).outcome == "fits"
    assert judged(THIRD, contact="lost").outcome == "fits"


def test_an_alternative_not_yet_known_is_the_only_question_left() -> None:
    assert judged(THIRD, contact="answers").asks == ("third_party_needed",)
    assert judged(THIRD, contact="answers", third_party_needed=False).unmet[0].fact == "contact"


def test_a_lenient_condition_stops_only_what_is_known_to_be_otherwise() -> None:
    assert judged(WILLING).outcome == "fits"
    assert judged(WILLING, wants_help=None).outcome == "fits"
    assert judged(WILLING, wants_help=False).outcome == "unmet"


@pytest.mark.parametrize(("stage", "outcome"), [("hearing", "unmet"), ("terminated", "fits"), ("cql", "fits"), ("cfp", "fits")])
def test_stages_are_compared_in_the_order_of_the_law(stage: str, outcome: str) -> None:
    assert judged(LATE, stage=stage).outcome == outcome


def test_a_situation_that_says_something_else_is_refused_with_all_its_faults() -> None:
    with pytest.raises(SchemeRefused) as refused:
        ladder(SCHEMES, {"age": 27, "stage": "eviction", "debt_hundredths": True, "benefit_break": 1})
    told = str(refused.value)
    assert "« age » : fait inconnu" in told
    assert "« stage » : lu 'eviction', attendu l'un de : \"none\"" in told
    assert "« debt_hundredths » : lu True, attendu un nombre entier de centièmes" in told
    assert "« benefit_break » : lu 1, attendu true ou false" in told


@pytest.mark.parametrize(
    ("fact", "value", "said"),
    [
        ("debt_hundredths", 190, "1,9 terme net"),
        ("debt_hundredths", 200, "2 termes nets"),
        ("debt_hundredths", 225, "2,25 termes nets"),
        ("debt_hundredths", -50, "−0,5 terme net"),
        ("legal_cents", 123_456, "1 234,56 €"),
        ("legal_cents", 100_000, "1 000 €"),
        ("unmet_obligations", 2, "2"),
        ("benefit_break", True, "oui"),
        ("contact", "lost", "contact perdu"),
    ],
)
def test_values_are_said_in_french(fact: str, value: object, said: str) -> None:
    assert shown(FACTS[fact], value).replace("\u00a0", " ").replace("\u202f", " ") == said


def test_a_condition_with_an_alternative_says_both_ways() -> None:
    assert wanted(THIRD) == "répond peu ou contact perdu ; ou un tiers est nécessaire entre le ménage et le bailleur : oui"
