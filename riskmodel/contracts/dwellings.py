"""Logements: where a household lives and which unit looks after it."""

from riskmodel.contracts.table import Column, Table

DWELLINGS = Table(
    name="dwellings",
    french="logements",
    key=("dwelling_id",),
    known_on="DATE '1900-01-01'",
    is_required=True,
    parent=None,
    columns=(
        Column("dwelling_id", "str", "clé", required=True),
        Column("management_unit", "str", "unité de gestion ou agence responsable", required=True),
        Column("commune_code", "str", "code INSEE de la commune", audit_only=True),
        Column("typology", "str", "T1 à T6", audit_only=True),
        Column("floor_area_m2", "decimal", "surface habitable en m²", minimum=1, maximum=1000, audit_only=True),
        Column("priority_area", "bool", "situé en quartier prioritaire (QPV)", audit_only=True),
    ),
)
