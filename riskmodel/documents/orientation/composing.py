"""A document from its text (reports/orientation/*.toml) and the facts: sentences filled in, parts put where the text asks."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from riskmodel.documents.letter import spoken
from riskmodel.documents.orientation import facts as known
from riskmodel.documents.orientation.checking import check
from riskmodel.documents.orientation.parts import PARTS, TITLES, called
from riskmodel.documents.orientation.sheet import BOX, DAY_TO_FILL, Chapter, Choices, Part, Sheet, Signatures
from riskmodel.documents.orientation.texts import text
from riskmodel.documents.page import Bullets, Terms
from riskmodel.schemes import Scheme

_ORIGINALS = {2: "deux", 3: "trois", 4: "quatre"}


def compose(kind: str, facts: Mapping[str, Any]) -> Sheet:
    """The whole document; raises DocumentRefused when facts are missing, not foreseen, or not of the scheme."""
    check(kind, facts)
    said, words = text(kind), _words(kind, facts)
    is_letter = "from" in said
    return Sheet(
        title=said["title"].format_map(words),
        subtitle=said.get("subtitle", "").format_map(words),
        mention=said.get("mention", ""),
        sender=_head(facts[said["from"]]) if is_letter else (),
        addressee=(*facts["household"].names, *facts["household"].address) if is_letter else (),
        dated=f"{facts['place']}, le {words['jour']}" if is_letter else f"établi le {words['jour']}",
        chapters=tuple(_chapters(kind, said, facts, words)),
        signatures=_signatures(kind, said, facts),
        footer=_footer(said, facts, words),
        written_on=facts["written_on"],
        is_synthetic=facts["is_synthetic"],
    )


def _head(office: known.Office) -> tuple[str, ...]:
    return tuple(filter(None, (office.name, *office.address, office.phone, office.email)))


def _footer(said: Mapping[str, Any], facts: Mapping[str, Any], words: Mapping[str, str]) -> str:
    return f"{said['footer'].format_map(words)} · orientation n° {facts['referral_id']} · {words['jour']}"


def _words(kind: str, facts: Mapping[str, Any]) -> dict[str, str]:
    """What a sentence may be filled in with, as far as the facts go."""
    names = {"bailleur": "landlord", "association": "association", "menage": "household", "organisme": "organisation"}
    days = {"jour": "written_on", "avant": "answer_by", "premiere": "first_letter_on", "signe": "signed_on", "echeance": "due_on"}
    plain = {"droits": "rights_contact", "demande": "request_number"}
    return {
        "dispositif": facts["scheme"].name,
        **{word: called(facts[fact]) for word, fact in names.items() if facts.get(fact)},
        **{word: spoken(facts[fact]) for word, fact in days.items() if facts.get(fact)},
        **{word: str(facts[fact]) for word, fact in plain.items() if facts.get(fact)},
        **({"bail": facts["dwelling"].lease_id} if facts.get("dwelling") else {}),
        **_support(kind, facts),
        **_course(facts.get("course")),
    }


def _support(kind: str, facts: Mapping[str, Any]) -> dict[str, str]:
    """Who supports the household in the contract: the other one who signs it."""
    others = [facts[known.SIGNERS[party]] for party in known.signing(kind, facts["scheme"]) if party != "menage"]
    return {"accompagnant": " et ".join(called(one) for one in others)}


def _course(course: known.Course | None) -> dict[str, str]:
    if course is None:
        return {}
    return {"debut": spoken(course.starts_on), "mois": str(course.months), "fin": spoken(course.ends_on)}


def _chapters(kind: str, said: Mapping[str, Any], facts: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[Chapter]:
    """Chapters that hold something; articles are numbered as they stand once the others are left out."""
    number = 0
    for chapter in said["chapter"]:
        parts = _joined(_parts(kind, chapter["text"], facts, words)) if _holds(chapter.get("when"), kind, facts["scheme"]) else ()
        if parts:
            number += 1 if chapter["title"] else 0
            head = chapter["title"].format_map(words)
            yield Chapter(f"Article {number}. {head}" if said.get("articles") and head else head, parts)


def _holds(when: str | None, kind: str, scheme: Scheme) -> bool:
    if when == "sublease":
        return scheme.is_sublease
    return when is None or when in known.signing(kind, scheme)


def _parts(kind: str, lines: Iterable[str], facts: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[Part]:
    for mark, group in groupby(lines, lambda line: line[:2]):
        if mark == "- ":
            yield Bullets(tuple(line[2:].format_map(words) for line in group))
        elif mark == f"{BOX} ":
            yield Choices(tuple(line.format_map(words) for line in group))
        else:
            yield from (part for line in group for part in _part(kind, line, facts, words))


def _joined(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Labelled lines that follow one another read as one block."""
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, Terms) and joined and isinstance(joined[-1], Terms):
            joined[-1] = Terms((*joined[-1].lines, *part.lines))
        else:
            joined.append(part)
    return tuple(joined)


def _part(kind: str, line: str, facts: Mapping[str, Any], words: Mapping[str, str]) -> tuple[Part, ...]:
    if not line.startswith("@"):
        return (line.format_map(words),)
    name, *asked = line[1:].split()
    return PARTS[name](kind, facts, *asked)


def _signatures(kind: str, said: Mapping[str, Any], facts: Mapping[str, Any]) -> Signatures:
    if "from" in said:
        sender = (f"Pour {facts[said['from']].name}", ("Nom, qualité et signature",))
        return Signatures("", (sender, *(_signatory(party, facts) for party in said.get("answered_by", ()))))
    parties = known.signing(kind, facts["scheme"])
    many = _ORIGINALS.get(len(parties), "")
    where = f"Fait à {facts['place']}" if facts.get("place") else "Fait à ______________________"
    copies = f", en {many} exemplaires originaux, un pour chaque signataire" if many else ""
    return Signatures(f"{where}, le {DAY_TO_FILL}{copies}.", tuple(_signatory(party, facts) for party in parties))


def _signatory(party: str, facts: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    who = facts[known.SIGNERS[party]]
    if isinstance(who, known.Household):
        return TITLES[party], (*who.names, "Date et signature de chaque titulaire")
    return TITLES[party], (who.name, "Nom, qualité, date et signature")
