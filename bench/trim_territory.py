"""Make the tables of ``espace/groups/territory`` from the national ones, once a year.

    npm pack @etalab/decoupage-administratif@6.0.0 && tar xzf etalab-decoupage-administratif-*.tgz
    python bench/trim_territory.py package 2026

Keeps the present-day communes (Paris, Lyon and Marseille already carry every postal code of their
arrondissements), and apart those that joined another one: old lists still name them. Licence of the
data: Licence Ouverte 2.0 (Etalab).
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


def former_lines(communes: list[dict[str, Any]]) -> list[str]:
    """Return « old code;old name;present code » of the communes that joined another, by code."""
    present = {row["code"]: row for row in communes if row["type"] == "commune-actuelle"}
    found: dict[tuple[str, str], str] = {}
    for row in communes:
        chief = row.get("chefLieu")
        if chief in present and row["nom"] != present[chief]["nom"]:
            found[row["code"], row["nom"]] = chief
    named = {code for code, _name in found}
    for code, row in present.items():
        for old in row.get("anciensCodes", []):
            if old not in named and old not in present:
                found[old, ""] = code
    return [f"{code};{name};{chief}" for (code, name), chief in sorted(found.items())]


def main(package: Path, year: int) -> None:
    """Write the communes of today and of yesterday (no date inside) and ``regions.json``."""
    communes = read(package, "communes.json")
    lines, former = commune_lines(communes), former_lines(communes)
    packed = gzip.compress("\n".join(lines).encode(), compresslevel=9, mtime=0)
    (TERRITORY / "communes.csv.gz").write_bytes(packed)
    old = gzip.compress("\n".join(former).encode(), compresslevel=9, mtime=0)
    (TERRITORY / "former_communes.csv.gz").write_bytes(old)
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
    print(f"{len(former)} former communes, {len(old)} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
