"""What SQLite and PostgreSQL write differently. Dates are whole days, weeks start on Monday."""

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True)
class Dialect:
    """Templates for one database: {0}, {1} are SQL expressions; %% is one percent sign."""

    weekday: str
    monday: str
    year: str
    month: str
    hour: str
    last_day: str
    days_between: str
    years_between: str
    greatest: str
    least: str
    number_list: str
    date_param: str
    int_param: str
    is_null: str = "{0} IS NULL"
    inlined: str = "NOT MATERIALIZED"
    kept: str = "MATERIALIZED"


_HINTS = sqlite3.sqlite_version_info >= (3, 35)

SQLITE = Dialect(
    weekday="((CAST(strftime('%%w', {0}) AS INTEGER) + 6) %% 7 + 1)",
    monday="date({0}, 'weekday 0', '-6 days')",
    year="CAST(strftime('%%Y', {0}) AS INTEGER)",
    month="CAST(strftime('%%m', {0}) AS INTEGER)",
    hour="CAST(strftime('%%H', {0}) AS INTEGER)",
    last_day="date({0}, 'start of month', '+1 month', '-1 day')",
    days_between="CAST(julianday({1}) - julianday({0}) AS INTEGER)",
    # A year is over on its anniversary; 29 February has its own on 1 March.
    years_between=(
        "(CAST(strftime('%%Y', {1}) AS INTEGER) - CAST(strftime('%%Y', {0}) AS INTEGER)"
        " - (strftime('%%m%%d', {1}) < strftime('%%m%%d', {0})))"
    ),
    greatest="max({0}, {1})",
    least="min({0}, {1})",
    number_list="json_group_array({0})",
    date_param="%s",
    int_param="%s",
    # The plus sign keeps it away from the index of the column, whose statistics count few rows a
    # value: measured, « no activity » then read every sheet of the network, 80 times slower.
    is_null="+{0} IS NULL",
    # Older ones treat every common table as a view, which is what we want.
    inlined="NOT MATERIALIZED" if _HINTS else "",
    kept="MATERIALIZED" if _HINTS else "",
)

POSTGRESQL = Dialect(
    weekday="EXTRACT(ISODOW FROM {0})",
    monday="CAST(date_trunc('week', {0}) AS date)",
    year="EXTRACT(YEAR FROM {0})",
    month="EXTRACT(MONTH FROM {0})",
    hour="EXTRACT(HOUR FROM {0})",
    last_day="CAST(date_trunc('month', {0}) + INTERVAL '1 month - 1 day' AS date)",
    days_between="({1} - {0})",
    years_between=(
        "(EXTRACT(YEAR FROM {1}) - EXTRACT(YEAR FROM {0})"
        " - CASE WHEN to_char({1}, 'MMDD') < to_char({0}, 'MMDD') THEN 1 ELSE 0 END)"
    ),
    greatest="GREATEST({0}, {1})",
    least="LEAST({0}, {1})",
    number_list="CAST(json_agg({0}) AS text)",
    date_param="CAST(%s AS date)",
    int_param="CAST(%s AS integer)",
)

DIALECTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
