"""Where things are, and what a landlord declares. Read once at the edge and passed down as arguments."""

import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from riskmodel.errors import SettingsError


@dataclass(frozen=True)
class Settings:
    """Addresses of one installation.

    `home` holds everything the service writes; `register_url` is any SQLAlchemy URL; `lake_root` a folder or
    object-store URL understood by Delta Lake; `landlords` the folder of one TOML file a landlord.
    """

    home: Path
    register_url: str
    lake_root: str
    landlords: Path

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
    """What a landlord declares: where deliveries arrive, how to read them, how many rows each unit can review a week."""

    landlord_id: str
    name: str
    profile: str
    inbox: Path
    is_synthetic: bool = False
    default_capacity: int = 20
    capacity: dict[str, int] = field(default_factory=dict)

    def rows_a_week(self, management_unit: str) -> int:
        """Rows the team of `management_unit` can review in a week, fixed before the list is seen."""
        return self.capacity.get(management_unit, self.default_capacity)


def load(environ: dict[str, str] | None = None) -> Settings:
    """Settings from the environment: VIGIE_HOME, VIGIE_REGISTER_URL, VIGIE_LAKE, VIGIE_LANDLORDS (all optional)."""
    env = dict(os.environ) if environ is None else environ
    home = Path(env.get("VIGIE_HOME", "var")).resolve()
    return Settings(
        home=home,
        register_url=env.get("VIGIE_REGISTER_URL", f"sqlite:///{home / 'register.db'}"),
        lake_root=env.get("VIGIE_LAKE", str(home / "lake")),
        landlords=Path(env.get("VIGIE_LANDLORDS", home / "bailleurs")).resolve(),
    )


def landlord(settings: Settings, landlord_id: str) -> Landlord:
    """The declaration of one landlord; raises SettingsError naming the file and the missing or unknown key."""
    return _read_landlord(settings.landlords / f"{landlord_id}.toml")


def landlord_ids(settings: Settings) -> list[str]:
    """Identifiers of the declared landlords, in order."""
    return sorted(path.stem for path in settings.landlords.glob("*.toml"))


def _read_landlord(path: Path) -> Landlord:
    if not path.is_file():
        raise SettingsError(f"{path} : bailleur non déclaré. Créez ce fichier (modèle : docs/exploitation.md).")
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
        inbox = (path.parent / declared.pop("inbox")).resolve()
        return Landlord(landlord_id=path.stem, inbox=inbox, **declared)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as fault:
        raise SettingsError(
            f"{path} : déclaration illisible ({fault}). Clés attendues : name, profile, inbox ; "
            "facultatives : is_synthetic, default_capacity, [capacity]."
        ) from fault
