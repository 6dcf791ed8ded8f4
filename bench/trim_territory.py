"""Make the tables of ``espace/groups/territory`` from the national ones, once a year.

    npm pack @etalab/decoupage-administratif@6.0.0 && tar xzf etalab-decoupage-administratif-*.tgz
    python bench/trim_territory.py package 2026

Keeps the present-day communes only: Paris, Lyon and Marseille already carry every postal code of
their arrondissements. Licence of the data: Licence Ouverte 2.0 (Etalab).
"""

import gzip
import json
import sys
from pathlib import Path
from typing import Any

# Southern lands and Clipperton: nobody lives there, no GEM can.
UNINHABITED = {"984", "989"}
TERRITORY = Path(__file__).resolve().parent.parent / "espace" / "groups" / "territory"


def read(package: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((package / "data" / name).read_text(encoding="utf-8"))
    return rows


def commune_lines(communes: list[dict[str, Any]]) -> list[str]:
    """Return « code;name;département;postal codes;population », by code."""
    lines = []
    for row in sorted(communes, key=lambda row: str(row["code"])):
        if row["type"] == "commune-actuelle" and row["departement"] not in UNINHABITED:
            codes = " ".join(row.get("codesPostaux", []))
            cells = (row["code"], row["nom"], row["departement"], codes, row.get("population", 0))
            lines.append(";".join(str(cell) for cell in cells))
    return lines


def main(package: Path, year: int) -> None:
    """Write ``communes.csv.gz`` (no date inside: same input, same bytes) and ``regions.json``."""
    lines = commune_lines(read(package, "communes.json"))
    packed = gzip.compress("\n".join(lines).encode(), compresslevel=9, mtime=0)
    (TERRITORY / "communes.csv.gz").write_bytes(packed)
    with_communes = {line.split(";")[2] for line in lines}
    departements = [
        {"code": row["code"], "name": row["nom"], "region": row["region"]}
        for row in read(package, "departements.json")
        if row["code"] in with_communes
    ]
    kept = {row["region"] for row in departements}
    regions = [
        {"code": row["code"], "name": row["nom"]}
        for row in read(package, "regions.json")
        if row["code"] in kept
    ]
    table = {
        "year": year,
        "licence": "Licence Ouverte 2.0 (Etalab)",
        "source": "@etalab/decoupage-administratif 6.0.0",
        "regions": sorted(regions, key=lambda row: row["code"]),
        "departements": sorted(departements, key=lambda row: row["code"]),
    }
    text = json.dumps(table, ensure_ascii=False, indent=1)
    (TERRITORY / "regions.json").write_text(text + "\n", encoding="utf-8")
    print(f"{len(lines)} communes, {len(packed)} bytes; {len(departements)} départements")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
