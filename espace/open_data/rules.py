"""The shape of what is published, as data that machines read: pure."""

from typing import Any

LICENCE = "Licence Ouverte 2.0"
LICENCE_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
FIELDS = (
    ("measure", "string", "Code du chiffre dans le catalogue : ATT-01, ADH-01, ATT-02."),
    ("table", "string", "Nom du tableau publié."),
    ("period", "yearmonth", "Mois publié."),
    ("place", "string", "FR, R et le code de la région, D et le code du département."),
    ("age", "string", "Tranche d'âge, ou « tous »."),
    ("sexe", "string", "Genre, ou « tous »."),
    ("value", "integer", "Nombre arrondi à la dizaine. Vide quand il est caché."),
    ("status", "string", "shown : montré. hidden : caché."),
)
COLUMNS = tuple(name for name, _, _ in FIELDS)


def table_schema() -> dict[str, Any]:
    """Return the Table Schema of the CSV of cells (Frictionless Data)."""
    fields = []
    for name, kind, description in FIELDS:
        constraints: dict[str, Any] = {"required": name != "value"}
        if name == "place":
            constraints["pattern"] = "^(FR|R[0-9]{2}|D[0-9AB]{2,3})$"
        if name == "status":
            constraints["enum"] = ["shown", "hidden"]
        if name == "value":
            constraints["minimum"] = 20
        fields.append(
            {"name": name, "type": kind, "description": description, "constraints": constraints}
        )
    return {
        "fields": fields,
        "missingValues": [""],
        "primaryKey": ["table", "period", "place", "age", "sexe"],
    }
