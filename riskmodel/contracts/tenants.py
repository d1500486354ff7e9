"""Titulaires: personal data, stored apart; only the room `people` reads them."""

from riskmodel.contracts.table import Column, Table

ROLES = {"holder": "titulaire", "co_holder": "cotitulaire", "occupant": "occupant", "guarantor": "caution"}

TENANTS = Table(
    name="tenants",
    french="titulaires",
    key=("tenant_id",),
    known_on="DATE '1900-01-01'",
    is_personal=True,
    columns=(
        Column("tenant_id", "str", "clé", required=True),
        Column("lease_id", "str", "bail", required=True),
        Column("role", "code", "rôle au bail", required=True, codes=ROLES),
        Column("last_name", "str", "nom", required=True),
        Column("first_names", "str", "prénoms"),
        Column("birth_date", "date", "naissance"),
        Column("phone", "str", "téléphone"),
        Column("email", "str", "courriel"),
        Column("address_line", "str", "adresse"),
        Column("postcode", "str", "code postal"),
        Column("city", "str", "ville"),
        Column("representative", "bool", "représenté (tutelle, curatelle)"),
        Column("deceased_on", "date", "décès", masked=True),
        Column("objected_on", "date", "opposition au profilage", masked=True),
        Column("left_on", "date", "départ", masked=True),
    ),
)
