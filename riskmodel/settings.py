"""Where things are, and what a landlord declares. Read once at the edge and passed down as arguments."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from riskmodel.errors import SettingsError


@dataclass(frozen=True)
class Oidc:
    """The organisation's own sign-in (OpenID Connect): where it is, and what it knows this application by."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True)
class Smtp:
    """The organisation's mail server: where it is, whether it speaks TLS from the first word, and who the messages are from."""

    host: str
    port: int
    is_tls: bool
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Settings:
    """Addresses of one installation.

    `home` holds everything the service writes; `register_url` is any SQLAlchemy URL; `lake_root` a folder or
    object-store URL understood by Delta Lake; `landlords` the folder of one TOML file a landlord; `public_url` the address
    that browsers know the application by, None on one's own machine.
    """

    home: Path
    register_url: str
    lake_root: str
    landlords: Path
    public_url: str | None = None
    oidc: Oidc | None = None
    smtp: Smtp | None = None

    @property
    def is_https(self) -> bool:
        """Whether browsers come by https, whatever stands between them and the application."""
        return (self.public_url or "").startswith("https://")

    @property
    def runs(self) -> Path:
        """Files handed from one task to the next, recomputable at any time."""
        return self.home / "runs"

    @property
    def outputs(self) -> Path:
        """Lists and reports that people open."""
        return self.home / "sorties"


@dataclass(frozen=True)
class Landlord:
    """What a landlord declares: where deliveries arrive, how to read them, how many rows each unit can review a week; and how
    its documents call it: `address` in lines, telephone, and where people exercise their rights."""

    landlord_id: str
    name: str
    profile: str
    inbox: Path
    is_synthetic: bool = False
    default_capacity: int = 20
    capacity: dict[str, int] = field(default_factory=dict)
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    rights_contact: str = ""
    siren: str = ""

    def rows_a_week(self, management_unit: str) -> int:
        """Rows the team of `management_unit` can review in a week, fixed before the list is seen."""
        return self.capacity.get(management_unit, self.default_capacity)


def load(environ: dict[str, str] | None = None) -> Settings:
    """Settings from the environment, all optional: VIGIE_HOME, VIGIE_REGISTER_URL, VIGIE_LAKE, VIGIE_LANDLORDS, VIGIE_URL, the
    three of VIGIE_OIDC_… together, and VIGIE_SMTP_URL with VIGIE_MAIL_FROM. Raises SettingsError when only some of those that go
    together are given, or VIGIE_URL is missing beside them.
    """
    env = dict(os.environ) if environ is None else environ
    home = Path(env.get("VIGIE_HOME", "var")).resolve()
    return Settings(
        home=home,
        register_url=env.get("VIGIE_REGISTER_URL", f"sqlite:///{home / 'register.db'}"),
        lake_root=env.get("VIGIE_LAKE", str(home / "lake")),
        landlords=Path(env.get("VIGIE_LANDLORDS", home / "bailleurs")).resolve(),
        public_url=env.get("VIGIE_URL", "").rstrip("/") or None,
        oidc=_oidc(env),
        smtp=_smtp(env),
    )


def landlord(settings: Settings, landlord_id: str) -> Landlord:
    """The declaration of one landlord; raises SettingsError naming the file and the missing or unknown key."""
    return _read_landlord(settings.landlords / f"{landlord_id}.toml")


def landlord_ids(settings: Settings) -> list[str]:
    """Identifiers of the declared landlords, in order."""
    return sorted(path.stem for path in settings.landlords.glob("*.toml"))


def _oidc(env: Mapping[str, str]) -> Oidc | None:
    names = ("VIGIE_OIDC_ISSUER", "VIGIE_OIDC_CLIENT_ID", "VIGIE_OIDC_CLIENT_SECRET")
    if not any(env.get(name) for name in names):
        return None
    missing = [name for name in (*names, "VIGIE_URL") if not env.get(name)]
    if missing:
        raise SettingsError(
            f"Connexion par OpenID Connect : il manque {', '.join(missing)}. Donnez {', '.join(names)} et VIGIE_URL "
            "(l'adresse publique de l'application, où le fournisseur renvoie), ou aucune des trois premières."
        )
    return Oidc(*(env[name] for name in names))


def _smtp(env: Mapping[str, str]) -> Smtp | None:
    names = ("VIGIE_SMTP_URL", "VIGIE_MAIL_FROM")
    if not any(env.get(name) for name in names):
        return None
    missing = [name for name in (*names, "VIGIE_URL") if not env.get(name)]
    if missing:
        raise SettingsError(
            f"Avis par courriel : il manque {', '.join(missing)}. Donnez VIGIE_SMTP_URL (smtp://hôte:port ou smtps://hôte:port), "
            "VIGIE_MAIL_FROM (l'adresse d'où ils partent) et VIGIE_URL (où leur lien mène), ou aucune des deux premières."
        )
    try:
        url = urlsplit(env["VIGIE_SMTP_URL"])
        host, port = url.hostname, url.port
    except ValueError:
        url, host, port = None, None, None
    if url is None or url.scheme not in ("smtp", "smtps") or not host or "@" not in env["VIGIE_MAIL_FROM"]:
        raise SettingsError(
            "Avis par courriel : VIGIE_SMTP_URL s'écrit smtp://hôte:port ou smtps://hôte:port, avec s'il le faut "
            "compte:motdepasse@ avant l'hôte (caractères spéciaux codés en %) ; VIGIE_MAIL_FROM est une adresse, avec « @ »."
        )
    user, password = (unquote(part) if part else None for part in (url.username, url.password))
    is_tls = url.scheme == "smtps"
    return Smtp(host, port or (465 if is_tls else 587), is_tls, env["VIGIE_MAIL_FROM"], user, password)


def _read_landlord(path: Path) -> Landlord:
    if not path.is_file():
        raise SettingsError(f"{path} : bailleur non déclaré. Créez ce fichier (modèle : docs/exploitation.md).")
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
        inbox = (path.parent / declared.pop("inbox")).resolve()
        address = tuple(declared.pop("address", ()))
        return Landlord(landlord_id=path.stem, inbox=inbox, address=address, **declared)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as fault:
        raise SettingsError(
            f"{path} : déclaration illisible ({fault}). Clés attendues : name, profile, inbox ; "
            "facultatives : is_synthetic, default_capacity, address (liste de lignes), phone, email, rights_contact, [capacity]."
        ) from fault
