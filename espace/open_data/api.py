"""The read-only interface for machines, version 1: codes are stable, new ones are added apart."""

import csv
import hashlib
import io
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from ninja import NinjaAPI, Query, Schema, Status
from ninja.errors import ValidationError
from ninja.throttling import AnonRateThrottle

from espace.accounts.adapter import AccountAdapter
from espace.open_data import queries, rules
from espace.open_data.queries import MOST_PER_PAGE, NotPublishedError

RATE = "60/min"
TABLE = Annotated[str, Query(description="Nom d'un tableau ; tous sans lui.", max_length=40)]
PERIOD = Annotated[
    str,
    Query(
        description="Mois, comme 2026-10 ; le dernier publié sans lui.",
        pattern=r"^((19|20)[0-9]{2}-(0[1-9]|1[0-2]))?$",
    ),
]
PLACE = Annotated[str, Query(description="FR, R84, D69… ; tous sans lui.", max_length=10)]


class ByAddress(AnonRateThrottle):
    """Counts what one address asks, seen through the proxies we trust and no other."""

    def get_ident(self, request: HttpRequest) -> str:
        address = AccountAdapter().get_client_ip(request)
        # An address is personal data: the count is kept under a digest.
        return hashlib.sha256(address.encode()).hexdigest()


class Problem(Schema):
    """What went wrong, in plain French."""

    detail: str


class TableOut(Schema):
    name: str
    measure: str
    label: str
    dimension: str
    categories: list[str]
    smallest_places: str


class CellOut(Schema):
    measure: str
    table: str
    period: str
    place: str
    age: str
    sexe: str
    value: int | None
    status: str


class Page(Schema):
    """``total`` cells in ``pages`` pages; ``page`` is this one, from 1."""

    licence: str
    page: int
    pages: int
    total: int
    cells: list[CellOut]


api = NinjaAPI(
    title="Mon Espace FiGEM : données ouvertes",
    version="1",
    description=(
        "Les nombres publiés chaque mois, arrondis à la dizaine ; les petits nombres sont cachés. "
        f"{rules.LICENCE} : {rules.LICENCE_URL}"
    ),
    docs_url=None,
    urls_namespace="api",
    throttle=[ByAddress(RATE)],
)
PROBLEMS: dict[int, Any] = {404: Problem, 422: Problem, 429: Problem}


@api.exception_handler(NotPublishedError)
def not_published(request: HttpRequest, error: NotPublishedError) -> HttpResponse:
    said = {"detail": "Ce tableau, ce mois ou ce lieu n'est pas publié."}
    return api.create_response(request, said, status=404)


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    names = sorted({str(one["loc"][-1]) for one in error.errors})
    said = {"detail": f"Nous n'avons pas compris : {', '.join(names)}."}
    return api.create_response(request, said, status=422)


@api.get("/tables", response={200: list[TableOut], 429: Problem}, summary="Les tableaux publiés")
def tables(request: HttpRequest) -> Any:
    return list(queries.tables())


@api.get("/periods", response={200: list[str], 429: Problem}, summary="Les mois publiés")
def periods(request: HttpRequest) -> Any:
    return list(queries.periods())


@api.get("/cells", response={200: Page, 304: None, **PROBLEMS}, summary="Les nombres d'un mois")
def cells(
    request: HttpRequest,
    response: HttpResponse,
    table: TABLE = "",
    period: PERIOD = "",
    place: PLACE = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    per_page: Annotated[int, Query(ge=1, le=MOST_PER_PAGE)] = 100,
) -> Any:
    found = queries.cells_of(table, period, place)
    kept = found[(page - 1) * per_page : page * per_page]
    tag = _tag(kept, page, len(found))
    response["ETag"] = tag
    if get_conditional_response(request, etag=tag, response=HttpResponse()).status_code == 304:
        return Status(304, None)
    return {
        "licence": rules.LICENCE,
        "page": page,
        "pages": max(1, -(-len(found) // per_page)),
        "total": len(found),
        "cells": kept,
    }


@api.get("/cells.schema.json", summary="Table Schema du fichier CSV")
def schema(request: HttpRequest) -> dict[str, Any]:
    return rules.table_schema()


@api.get(
    "/cells.csv",
    response={304: None, **PROBLEMS},
    summary="Les nombres d'un mois, en CSV",
    openapi_extra={
        "responses": {
            200: {
                "description": "Un nombre par ligne (cells.schema.json)",
                "content": {"text/csv": {"schema": {"type": "string"}}},
            }
        }
    },
)
def cells_csv(
    request: HttpRequest, table: TABLE = "", period: PERIOD = "", place: PLACE = ""
) -> HttpResponse:
    found = queries.cells_of(table, period, place)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rules.COLUMNS)
    writer.writerows(
        ["" if getattr(one, name) is None else getattr(one, name) for name in rules.COLUMNS]
        for one in found
    )
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="figem-{found[0].period}.csv"'
    answer["ETag"] = _tag(found, 0, len(found))
    conditional = get_conditional_response(request, etag=answer["ETag"], response=answer)
    return conditional or answer


def _tag(cells: tuple[queries.Cell, ...], page: int, total: int) -> str:
    """Return a tag made of what is shown, and of nothing else."""
    said = repr((page, total, cells))
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'
