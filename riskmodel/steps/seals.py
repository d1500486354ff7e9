"""Ed25519 keys and detached signatures of files exchanged with partners: the landlord's own pair, each partner's public key."""

import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from riskmodel.errors import DeliveryRefused, NothingKnown, SettingsError
from riskmodel.settings import Settings

OWN = "vigie"
"""The name of the landlord's own pair."""
PUBLIC = ".pub.pem"


def folder(settings: Settings, landlord_id: str) -> Path:
    """Where the keys of a landlord are."""
    return settings.home / "cles" / landlord_id


def own(settings: Settings, landlord_id: str) -> Path:
    """The public key of a landlord; its pair is made the first time, for the service's account alone to read."""
    place = folder(settings, landlord_id)
    secret, public = place / f"{OWN}.pem", place / f"{OWN}{PUBLIC}"
    if not secret.exists():
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = Ed25519PrivateKey.generate()
        descriptor = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    if not public.exists():
        public.write_bytes(_pem(_secret(secret).public_key()))
    return public


def keep(settings: Settings, landlord_id: str, partner: str, pem: bytes) -> Path:
    """Keep a partner's public key, in place of the former one; raises SettingsError when it is none of Ed25519."""
    key = _public(pem, "La clé donnée")
    place = folder(settings, landlord_id)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    (place / f"{named(partner)}{PUBLIC}").write_bytes(_pem(key))
    return place / f"{partner}{PUBLIC}"


def fingerprint(public: Path) -> str:
    """What two people read to each other before they trust a key: SHA-256 of it, in groups of four."""
    digest = hashlib.sha256(public.read_bytes()).hexdigest()[:32]
    return " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))


def signed(settings: Settings, landlord_id: str, content: bytes) -> bytes:
    """The landlord's signature of a file, 64 bytes."""
    own(settings, landlord_id)
    return _secret(folder(settings, landlord_id) / f"{OWN}.pem").sign(content)


def check(settings: Settings, landlord_id: str, partner: str, content: bytes, signature: bytes) -> None:
    """Raise NothingKnown when the partner's key was never given, DeliveryRefused when it did not sign these bytes."""
    known = folder(settings, landlord_id) / f"{named(partner)}{PUBLIC}"
    if not known.exists():
        raise NothingKnown(
            f"Partenaire {partner} : sa clé publique n'a pas été donnée. Enregistrez-la par "
            f"« riskmodel partners keys {landlord_id} --partner {partner} --public FICHIER »."
        )
    try:
        _public(known.read_bytes(), f"{known.name}").verify(signature, content)
    except InvalidSignature as fault:
        raise DeliveryRefused(
            f"La signature n'est pas celle de {partner} sur ce fichier : rien n'a été lu. Il a été changé après sa signature, "
            "ou signé d'une autre clé : comparez les empreintes, puis faites-le signer de nouveau."
        ) from fault


def named(partner: str) -> str:
    """A partner's code, when it is no path and not the landlord's own name; raises SettingsError for any other."""
    if partner == OWN or not partner or not partner.replace("-", "").replace("_", "").replace(".", "").isalnum():
        raise SettingsError(f"Partenaire « {partner} » : attendu son code (lettres, chiffres, « - », « _ », « . »).")
    return partner


def _secret(path: Path) -> Ed25519PrivateKey:
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise SettingsError(f"{path.name} : ce n'est pas une clé Ed25519. Remettez celle qui a été sauvegardée.")
    return key


def _public(pem: bytes, what: str) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(pem)
    except ValueError:
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise SettingsError(f"{what} n'est pas une clé publique Ed25519 (fichier écrit par « openssl pkey -pubout »).")
    return key


def _pem(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
