"""One dossier: sections that a commission reads in order, written as PDF, and the same facts as JSON."""

import json
from collections.abc import Iterator
from datetime import date

from riskmodel.documents import paper
from riskmodel.documents.ccapex.checking import missing, ready
from riskmodel.documents.ccapex.facts import Charge, Dossier, Household, Month, Rule, Step
from riskmodel.documents.french import counted, day, decimal, euros
from riskmodel.documents.page import Block, Bullets, Page, Section, Table, Terms
from riskmodel.law.findings import TO_CONFIRM

UNKNOWN = "non connu"
NONE_KNOWN = "Aucun fait connu."
CONTACTS = 40
"""Contacts that a dossier prints, the newest: the JSON has them all."""
_MONTHS: tuple[tuple[str, str], ...] = (
    ("called_cents", "Loyer et charges"),
    ("supplement_cents", "SLS et RLS"),
    ("adjusted_cents", "Régul. et frais"),
    ("benefit_cents", "Aide au logement"),
    ("paid_cents", "Paiements"),
    ("third_party_cents", "Tiers payeurs"),
    ("other_cents", "Autres"),
    ("balance_cents", "Solde"),
)


def as_json(said: Dossier) -> bytes:
    """The dossier as indented UTF-8 JSON, without the household's identity. Raises DocumentRefused when it cannot be made."""
    ready(said)
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def dossier(said: Dossier, who: Household) -> bytes:
    """The dossier as PDF/UA; the same facts give the same bytes. Raises DocumentRefused when it cannot be made."""
    ready(said)
    lease_id, as_of = said["lease"]["lease_id"], date.fromisoformat(said["as_of"])
    return paper.pdf(
        Page(
            title=f"Dossier CCAPEX, bail {lease_id}",
            subtitle="Faits connus du bailleur, aide demandée à la commission",
            facts=head(said),
            sections=tuple(sections(said, who)),
            as_of=as_of,
            is_synthetic=said["is_synthetic"],
            footer=f"{said['landlord']['name']} · bail {lease_id} · confidentiel",
        )
    )


def head(said: Dossier) -> tuple[tuple[str, str], ...]:
    """The lines at the head: who brings the case, the debt on its day, what is asked."""
    landlord, debt = said["landlord"], said["debt"]
    siren = f"SIREN {landlord['siren']}" if landlord["siren"] else ""
    reached = ", ".join(filter(None, (landlord["phone"], landlord["email"])))
    return (
        ("Bailleur", ", ".join(filter(None, (landlord["name"], siren, f"unité {landlord['management_unit']}", reached)))),
        ("Dette exigible", f"{euros(debt['legal_cents'])} au {day_of(said['as_of'])}"),
        ("Demande", " ; ".join(said["asks"]) or "à préciser"),
    )


def sections(said: Dossier, who: Household) -> Iterator[Section]:
    """What the commission reads, in order; the household's identity is on the first section alone."""
    yield Section("Le ménage et le logement", tuple(_household(said, who)))
    yield Section("Loyer, charges et aide", tuple(_charge(said["charge"])))
    yield Section("La dette", tuple(_debt(said)))
    yield Section("Ce qui a été tenté", tuple(_tried(said)))
    yield Section("La procédure et la loi", tuple(_law(said)))
    yield Section("Ce que dit le ménage, ce qui est demandé", tuple(_asked(said)))
    lacking = " ; ".join(one.label for one in missing(said, who))
    yield Section("Pièces manquantes", (f"{lacking[:1].upper()}{lacking[1:]}." if lacking else "Aucune pièce ne manque.",))


def _household(said: Dossier, who: Household) -> Iterator[Block]:
    lease = said["lease"]
    rows = {
        "Titulaires": ", ".join(who.names) or "non imprimés",
        "Adresse": ", ".join(who.address),
        "Joindre": ", ".join((*who.phones, *who.emails)),
        "Personnes au bail": ", ".join(f"{count} {role}" for role, count in lease["people"].items()),
        "Bail": f"{lease['lease_id']}, {lease['occupancy']}, {lease['rent_term']}",
        "Signé le": day_of(lease["signed_on"]),
        "Clause résolutoire": _rule(lease["clause"]),
        "Entrée": day_of(lease["started_on"]),
        "Résiliation": day_of(lease["terminated_on"], "aucune connue"),
        "Logement": ", ".join(filter(None, (lease["typology"], _area(lease["floor_area_m2"])))) or UNKNOWN,
    }
    yield Terms(tuple((name, text) for name, text in rows.items() if text))


def _area(square_metres: str | None) -> str:
    return f"{square_metres.replace('.', ',')} m²" if square_metres else ""


def _charge(charge: Charge) -> Iterator[Block]:
    """The last term in one line, then the right to benefit."""
    cents = ("rent_cents", "charges_cents", "supplement_cents", "reduction_cents", "benefit_cents", "net_cents")
    line = (day_of(charge["due_on"]), *(_euros(charge[name]) for name in cents))  # type: ignore[literal-required]
    headers = ("Terme échu le", "Loyer", "Charges", "SLS", "RLS déduite", "Aide déduite", "Reste à charge")
    yield Table("Dernier terme", headers, "lrrrrrr", (line,))
    benefit = charge["benefit"]
    said = (
        f"{benefit['kind']}, {euros(benefit['amount_cents'])}, {benefit['paid_to']}, {benefit['state']}" if benefit else UNKNOWN
    )
    yield Terms((("Droit à l'aide au logement", said),))


def _debt(said: Dossier) -> Iterator[Block]:
    debt = said["debt"]
    terms, paid = debt["net_terms_hundredths"], debt["last_payment"]
    line = (
        euros(debt["legal_cents"]),
        euros(debt["claimable_cents"]),
        euros(debt["technical_cents"]),
        euros(debt["frozen_cents"]),
        decimal(terms / 100, 1) if terms is not None else UNKNOWN,
        day_of(debt["first_default_on"]),
        f"{euros(paid['amount_cents'])}\nle {day_of(paid['on'])}" if paid else "aucun connu",
    )
    headers = (
        "Exigible",
        "Qu'il est permis de payer",
        "Régul. et frais",
        "Gelée",
        "Termes nets",
        "Premier impayé",
        "Dernier paiement",
    )
    yield Table(f"Au {day_of(said['as_of'])}", headers, "rrrrrll", (line,))
    yield _breakdown(debt["opening_cents"], debt["months"])


def _breakdown(opening: int, months: list[Month]) -> Table:
    """The breakdown of the debt by month, from the opening balance to the debt of the day, to the cent."""
    first = ("Solde d'ouverture", *("" for _ in _MONTHS[:-1]), _amount(opening) or "0,00")
    rows = [(_month(one["month"]), *(_amount(one[name]) for name, _ in _MONTHS)) for one in months]  # type: ignore[literal-required]
    headers = ("Mois", *(label for _, label in _MONTHS))
    return Table("Décompte mois par mois, en euros", headers, "l" + "r" * len(_MONTHS), (first, *rows), frozenset({len(rows)}))


def _tried(said: Dossier) -> Iterator[Block]:
    newest = sorted(said["contacts"], key=lambda one: one["on"], reverse=True)
    shown = tuple(
        (day_of(one["on"]), one["direction"], one["channel"], one["topic"], one["outcome"]) for one in newest[:CONTACTS]
    )
    if shown:
        left = f", les {CONTACTS} plus récents sur {len(newest)}" if newest[CONTACTS:] else ""
        yield Table(f"Contacts{left}", ("Jour", "Sens", "Moyen", "Motif", "Résultat"), "lllll", shown)
    else:
        yield f"Contacts : {NONE_KNOWN.lower()}"
    plans = tuple(
        (
            one["framework"],
            day_of(one["signed_on"]),
            f"{counted(one['instalments'], 'échéance')} de {euros(one['instalment_cents'])}",
            str(one["missed"]),
            f"{day_of(one['ended_on'])}, {one['end_reason'] or UNKNOWN}" if one["ended_on"] else "en cours",
        )
        for one in said["plans"]
    )
    if plans:
        yield Table("Plans", ("Cadre", "Signé le", "Échéances", "Manquées", "Fin"), "lllrl", plans)
    measures = tuple(
        (one["scheme"], one["partner"] or "", day_of(one["since"]), one["end"] or one["state"]) for one in said["measures"]
    )
    if measures:
        yield Table("Aides proposées et leur suite", ("Dispositif", "Partenaire", "Depuis le", "Résultat"), "llll", measures)
    elif not plans:
        yield "Ni plan ni orientation connus."


def _law(said: Dossier) -> Iterator[Block]:
    steps = _steps([*said["procedure"], *said["overindebtedness"]])
    if steps:
        yield Table("Étapes connues", ("Jour", "Étape", "Dette visée", "Audience"), "llrl", steps)
    else:
        yield "Aucune étape de procédure, aucun dossier de surendettement connus."
    yield Bullets(tuple(_rule(one) for one in (said["law"]["constitution"], *said["law"]["rights"], *said["law"]["deadlines"])))


def _steps(found: list[Step]) -> tuple[tuple[str, ...], ...]:
    ordered = sorted(found, key=lambda one: one["on"])
    return tuple(
        (day_of(one["on"]), one["label"], _amount(one["amount_cents"]), day_of(one["hearing_on"], "")) for one in ordered
    )


def _rule(one: Rule) -> str:
    said = one["text"] if one["reference"] in one["text"] else f"{one['text']} ({one['reference']})"
    return said + (f" — {TO_CONFIRM}" if one["to_confirm"] and TO_CONFIRM not in one["text"] else "")


def _asked(said: Dossier) -> Iterator[Block]:
    """What was answered: what was not is among the missing pieces."""
    answered = tuple((f"{question[:1].upper()}{question[1:]}", text) for question, text in said["declared"].items() if text)
    views, asks = " ; ".join(said["views"]) or "à recueillir", " ; ".join(said["asks"]) or "à préciser"
    yield Terms((("Avis du ménage", views), *answered, ("Demandé à la commission", asks)))


def day_of(iso: str | None, otherwise: str = UNKNOWN) -> str:
    """A day of the facts as a French reader writes it; `otherwise` when there is none."""
    return day(date.fromisoformat(iso)) if iso else otherwise


def _month(iso: str) -> str:
    return f"{iso[5:7]}/{iso[:4]}"


def _euros(cents: int | None) -> str:
    return UNKNOWN if cents is None else euros(cents)


def _amount(cents: int | None) -> str:
    """A cell of figures, empty for nothing."""
    return euros(cents).removesuffix("\u00a0€") if cents else ""
