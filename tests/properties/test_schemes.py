"""What holds for every situation: the ladder's order, who is protected by it, and what answering a question can change."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from riskmodel.schemes import FACTS, Condition, Fact, Rung, ladder, load
from riskmodel.schemes.checks import faults
from riskmodel.schemes.ladder import TESTS
from riskmodel.schemes.reading import scheme

SCHEMES = load()
LIVES_THERE = ("tenant", "occupant", "subtenant")
BEFORE_TERMINATION = ("none", "cdp", "summons", "hearing")


def values(fact: Fact) -> st.SearchStrategy[Any]:
    """Every value a fact may have, unknown too."""
    if fact.kind == "int":
        return st.none() | st.integers(0, 3000)
    return st.sampled_from([None, *(fact.codes or (True, False))])


ANYTHING = st.fixed_dictionaries({}, optional={code: values(fact) for code, fact in FACTS.items()})


@st.composite
def near(draw: st.DrawFn, conditions: tuple[Condition, ...]) -> dict[str, Any]:
    """A situation that meets most of the conditions: one drawn at random rarely meets them all."""
    situation = draw(ANYTHING)
    for condition in conditions:
        fact = FACTS[condition.fact]
        right = values(fact).filter(lambda v, c=condition, f=fact: v is not None and TESTS[c.test](f, v, c.value))
        situation[fact.code] = draw(right if draw(st.integers(0, 9)) else values(fact), fact.code)
    return situation


SITUATIONS = st.sampled_from(list(SCHEMES.values())).flatmap(lambda scheme: near(scheme.conditions))


def fitting(situation: dict[str, Any]) -> list[Rung]:
    return [rung for rung in ladder(SCHEMES, situation) if rung.outcome == "fits"]


@given(SITUATIONS)
def test_every_scheme_is_judged_once_from_the_lightest(situation: dict[str, Any]) -> None:
    rungs = [rung.scheme.rung for rung in ladder(SCHEMES, situation)]
    assert rungs == sorted(scheme.rung for scheme in SCHEMES.values())


@given(SITUATIONS, st.sampled_from(BEFORE_TERMINATION))
def test_no_sub_lease_is_offered_to_a_household_before_an_effective_termination(situation: dict[str, Any], stage: str) -> None:
    for rung in fitting(situation | {"stage": stage}):
        assert not (rung.scheme.is_sublease and rung.scheme.purpose == "maintien"), rung.scheme.code


@given(SITUATIONS)
def test_a_bail_de_sauvegarde_is_offered_only_where_a_termination_is_known(situation: dict[str, Any]) -> None:
    if "bail_de_sauvegarde" in {rung.scheme.code for rung in fitting(situation)}:
        assert situation["stage"] in ("terminated", "cql", "cfp")
        assert situation["lease_status"] == "occupant"


@given(SITUATIONS, st.sampled_from(LIVES_THERE))
def test_no_access_scheme_is_offered_to_a_household_that_lives_there(situation: dict[str, Any], status: str) -> None:
    assert "acces" not in {rung.scheme.purpose for rung in fitting(situation | {"lease_status": status})}


@given(SITUATIONS)
def test_no_scheme_for_staying_is_offered_to_a_candidate(situation: dict[str, Any]) -> None:
    assert "maintien" not in {rung.scheme.purpose for rung in fitting(situation | {"lease_status": "candidate"})}


@given(SITUATIONS, st.sampled_from(["admissible", "measures"]))
def test_nothing_is_claimed_on_a_debt_that_may_not_be_paid(situation: dict[str, Any], step: str) -> None:
    assert not any(rung.scheme.claims_arrears for rung in fitting(situation | {"overindebtedness": step}))


@given(SITUATIONS)
def test_a_refusal_of_support_is_never_answered_with_support(situation: dict[str, Any]) -> None:
    offered = {rung.scheme.code for rung in fitting(situation | {"support_accepted": False})}
    assert not offered & {"asll_maintien", "avdl", "pasri", "bail_de_sauvegarde", "intermediation_apres_mediation"}


@given(SITUATIONS)
def test_each_outcome_says_what_it_must_and_nothing_else(situation: dict[str, Any]) -> None:
    for rung in ladder(SCHEMES, situation):
        assert bool(rung.unmet) == (rung.outcome == "unmet")
        assert bool(rung.asks) == (rung.outcome == "unknown")
        assert all(situation.get(fact) is None for fact in rung.asks)
        assert all(unmet.text and unmet.seen and unmet.expected for unmet in rung.unmet)


@given(SITUATIONS, st.data())
def test_answering_every_question_decides_and_what_is_unmet_stays_unmet(situation: dict[str, Any], data: st.DataObject) -> None:
    before = {rung.scheme.code: rung for rung in ladder(SCHEMES, situation)}
    asked = {fact for rung in before.values() for fact in rung.asks}
    answers = {fact: data.draw(values(FACTS[fact]).filter(lambda value: value is not None), fact) for fact in sorted(asked)}
    for rung in ladder(SCHEMES, situation | answers):
        was = before[rung.scheme.code].outcome
        assert rung.outcome != "unknown"
        assert was != "unmet" or rung.outcome == "unmet"


@given(SITUATIONS)
def test_the_same_situation_is_always_judged_the_same_whatever_the_order_of_its_facts(situation: dict[str, Any]) -> None:
    turned = dict(reversed(situation.items()))
    assert ladder(SCHEMES, turned) == ladder(dict(reversed(SCHEMES.items())), situation)


OWN = st.fixed_dictionaries(
    {
        "purpose": st.sampled_from(["maintien", "acces"]),
        "is_sublease": st.booleans(),
        "claims_arrears": st.booleans(),
        "condition": st.lists(
            st.sampled_from(list(FACTS.values())).flatmap(
                lambda fact: st.fixed_dictionaries(
                    {"fact": st.just(fact.code), "test": st.sampled_from(["is", "is_not"]), "text": st.just("Non.")}
                    | {"value": values(fact).filter(lambda value: value is not None), "is_lenient": st.booleans()}
                )
            ),
            max_size=3,
        ),
    }
)
HEAD = {"name": "A", "source": "A", "rung": 1, "rung_why": "A", "public": "A", "uses_place": False, "ends": {"a": "A"}}


@given(OWN, st.data())
def test_a_scheme_that_a_landlord_adds_protects_households_whatever_its_own_conditions(
    own: dict[str, Any], data: st.DataObject
) -> None:
    added = scheme("own", HEAD | own)
    situation = data.draw(near(tuple(condition for condition in added.conditions if data.draw(st.booleans()))))
    (rung,) = ladder({"own": added}, situation)
    if rung.outcome != "fits":
        return
    assert (situation["lease_status"] == "candidate") == (own["purpose"] == "acces")
    if own["is_sublease"] and own["purpose"] == "maintien":
        assert situation["stage"] in ("terminated", "cql", "cfp")
    if own["claims_arrears"]:
        assert situation["overindebtedness"] in ("none", "filed", "erased")
    assert all(situation.get(c["fact"]) is not None for c in own["condition"] if not c["is_lenient"])


KEYS = (
    "name",
    "purpose",
    "rung",
    "uses_place",
    "condition",
    "step",
    "capacity",
    "slide",
    "documents",
    "ends",
    "meeting",
    "or",
    "line",
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(list(FACTS))
WRITTEN = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4), max_leaves=12
)


@given(st.dictionaries(st.sampled_from(KEYS), WRITTEN))
def test_whatever_a_file_says_it_is_refused_in_sentences(said: dict[str, Any]) -> None:
    told = faults(said)
    assert told
    assert all(" : " in fault and fault.endswith(".") for fault in told)
