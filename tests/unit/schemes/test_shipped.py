"""The numbers, delays, norms and meetings of the documents the schemes come from, as they are written there."""

import pytest

from riskmodel.schemes import ACTORS, DOCUMENTS, FACTS, Meeting, Scheme, load

SCHEMES = load()
SAUVEGARDE, SECURISATION = SCHEMES["bail_de_sauvegarde"], SCHEMES["bail_de_securisation"]
YOUNG, CCAS, MEDIATION = SCHEMES["bail_glissant_jeunes"], SCHEMES["ccas_jeunes_actifs"], SCHEMES["mediation"]


def meetings(scheme: Scheme) -> dict[str, Meeting]:
    return {meeting.code: meeting for meeting in scheme.meetings}


def test_every_scheme_of_the_documents_and_of_the_orientation_table_is_shipped() -> None:
    with_places = "mediation bail_de_sauvegarde bail_de_securisation bail_glissant_jeunes avdl avdl_acces asll_maintien pasri"
    with_places += " ccas_jeunes_actifs commission_unique intermediation_locative intermediation_apres_mediation"
    with_places += " accords_collectifs alternative_hebergement"
    without = "caf_msa plan_apurement fsl cil_pass mutation pcs surendettement masp visite_sociale equipe_mobile"
    assert {code for code, scheme in SCHEMES.items() if scheme.uses_place} == set(with_places.split())
    assert {code for code, scheme in SCHEMES.items() if not scheme.uses_place} == set(without.split())


def test_the_bail_de_sauvegarde_has_16_households_a_worker_and_10_measures_for_120_months_and_6_more() -> None:
    assert SAUVEGARDE.capacity.households_per_worker == 16
    assert [(line.code, line.measures, line.measure_months) for line in SAUVEGARDE.capacity.lines] == [
        ("asll_maintien", 10, 120),
        ("fnavdl", 6, None),
    ]
    assert SAUVEGARDE.capacity.landlord_fte_hundredths == 12


def test_the_bail_de_securisation_has_20_households_a_worker_and_4_plus_16_measures() -> None:
    assert SECURISATION.capacity.households_per_worker == 20
    assert [(line.code, line.measures) for line in SECURISATION.capacity.lines] == [("fnavdl_dalo", 4), ("projet", 16)]
    assert SECURISATION.capacity.landlord_fte_hundredths == 13


def test_only_the_bail_de_securisation_has_a_cell_a_dashboard_and_24_months_of_watch() -> None:
    assert meetings(SECURISATION)["cell"].every_weeks == 6
    assert (meetings(SECURISATION)["dashboard"].every_months, meetings(SECURISATION)["dashboard"].by_unit) == (1, True)
    assert {code: scheme.aftercare_months for code, scheme in SCHEMES.items() if scheme.aftercare_months} == {
        "bail_de_securisation": 24
    }
    assert not {"cell", "dashboard"} & set(meetings(SAUVEGARDE))


def test_only_the_bail_de_sauvegarde_has_step_reports() -> None:
    assert [report.code for report in SAUVEGARDE.reports] == ["step", "final"]
    assert [report.code for report in SECURISATION.reports] == ["final"]


@pytest.mark.parametrize("scheme", [SAUVEGARDE, SECURISATION], ids=lambda scheme: scheme.code)
def test_both_have_quarterly_meetings_and_a_yearly_evaluation_before_the_end_of_march(scheme: Scheme) -> None:
    assert meetings(scheme)["coordination"].every_months == 3
    assert meetings(scheme)["annual_evaluation"].yearly_before == "03-31"
    assert scheme.parties["convention_tripartite"] == ("menage", "bailleur", "association")


@pytest.mark.parametrize("scheme", [MEDIATION, SAUVEGARDE], ids=lambda scheme: scheme.code)
def test_contact_is_sought_by_letter_then_registered_letter_then_visit(scheme: Scheme) -> None:
    after = {step.code: step.after for step in scheme.steps}
    assert (after["registered"], after["visit"], after["evaluation"]) == ("letter", "registered", "first_interview")


def test_the_young_peoples_lease_slides_from_month_6_at_the_latest_month_18_with_12_to_18_months_of_support() -> None:
    assert YOUNG.slide is not None
    assert (YOUNG.slide.earliest_months, YOUNG.slide.latest_months) == (6, 18)
    assert (YOUNG.duration.months, YOUNG.duration.max_months) == (12, 18)


def test_the_ccas_scheme_has_22_reserved_and_5_temporary_dwellings_a_committee_every_two_months_and_a_year_of_support() -> None:
    assert [(line.code, line.places) for line in CCAS.capacity.lines] == [("reserves", 22), ("temporaires", 5)]
    assert [meeting.every_months for meeting in CCAS.meetings] == [2]
    assert (CCAS.duration.months, CCAS.duration.max_months) == (12, 12)
    assert [step.document for step in CCAS.steps[:2]] == ["fiche_liaison", "grille_evaluation"]


def test_a_protocol_lasts_two_years_and_three_more() -> None:
    assert (SCHEMES["pcs"].duration.months, SCHEMES["pcs"].duration.max_months) == (24, 60)


def test_the_two_readings_of_the_bail_de_sauvegarde_are_told() -> None:
    assert any("dit deux fois" in sentence for sentence in SAUVEGARDE.to_confirm)


def test_every_delay_that_no_document_gives_is_marked_to_confirm() -> None:
    silent = [code for code, scheme in SCHEMES.items() if not any("délai" in sentence for sentence in scheme.to_confirm)]
    assert silent == []


def test_schemes_stand_on_rungs_of_their_own_and_say_why() -> None:
    rungs = [scheme.rung for scheme in SCHEMES.values()]
    assert rungs == sorted(set(rungs))
    assert len({scheme.rung_why for scheme in SCHEMES.values()}) == len(SCHEMES)


def test_what_is_sub_let_can_slide_and_tells_how_it_ends() -> None:
    for scheme in SCHEMES.values():
        assert scheme.is_sublease == (scheme.slide is not None) == ("slid" in scheme.ends), scheme.code


def test_an_action_named_like_a_scheme_leads_to_it() -> None:
    led = {code for scheme in SCHEMES.values() for code in scheme.actions if code in SCHEMES}
    assert {"bail_de_sauvegarde", "asll_maintien", "mutation", "fsl"} <= led


def test_no_condition_ever_reads_a_score_or_who_people_are() -> None:
    assert not [
        code for code in FACTS if any(word in code for word in ("score", "points", "age_", "family", "health", "priority_area"))
    ]
    read = {way.fact for scheme in SCHEMES.values() for c in scheme.conditions for way in (c, *c.alternatives)}
    assert read == set(FACTS), f"faits que rien ne lit : {sorted(set(FACTS) - read)}"


def test_every_document_and_actor_of_the_vocabulary_serves() -> None:
    assert {document for scheme in SCHEMES.values() for document in scheme.documents} == set(DOCUMENTS)
    assert {step.by for scheme in SCHEMES.values() for step in scheme.steps} == set(ACTORS)


def test_only_a_persons_will_is_presumed_and_only_where_nobody_can_have_asked_yet() -> None:
    lenient = {(code, c.fact) for code, scheme in SCHEMES.items() for c in scheme.conditions if c.is_lenient}
    assert lenient == {
        ("visite_sociale", "wants_help"),
        ("mediation", "wants_help"),
        ("mediation", "support_accepted"),
        ("commission_unique", "wants_help"),
        ("pcs", "third_party_needed"),
    }
