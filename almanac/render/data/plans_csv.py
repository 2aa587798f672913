"""Plans -> CSV for spreadsheets: one row per plan (RFC 4180)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from almanac.catalog import Catalog, Plan
from almanac.records import Absent, Price, PriceFor
from almanac.render.data.json_values import per_million, replacement, subject
from almanac.render.data.plans_json import key_of, page

_USES = (
    *(PriceFor.USAGE, PriceFor.INPUT, PriceFor.OUTPUT, PriceFor.TRAINING),
    *(PriceFor.CACHED_INPUT, PriceFor.CACHE_WRITE),
)
_COLUMNS = (
    "plan",
    "announced",
    "announcement",
    "subject_type",
    "subject",
    "scope",
    "qualifier",
    "shutdown",
    "precision",
    "first_qualifier",
    "first_shutdown",
    "superseded",
    "withdrawn",
    "price",
    "training_price",
    "replacements",
    "replacement_roles",
    "source",
    "page",
    *(f"usd_per_million_{use.replace(' ', '_')}" for use in _USES),
    "replacement_statuses",
)
"""New columns come last, so that formulas with column numbers still work."""

# Characters with which a spreadsheet starts a formula, also in full width, and characters that may hide one:
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def plans(world: Catalog) -> bytes:
    """The CSV of all plans, newest first, in the order of the announcements' tables."""
    sheet = StringIO(newline="")
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for announced in world.plans.values():
        writer.writerows([inert(cell) for cell in _row(world, plan)] for plan in announced)
    return sheet.getvalue().encode()


def inert(cell: str) -> str:
    """The cell, with an apostrophe in front if a spreadsheet would run it as a formula."""
    return f"'{cell}" if cell.lstrip(" \u3000")[:1] in _FORMULA and cell.strip(" \u3000") else cell


def _row(world: Catalog, plan: Plan) -> Iterator[str]:
    row = plan.row
    of = subject(plan.name)
    yield key_of(world, plan)
    yield str(plan.announcement.announced)
    yield plan.announcement.id
    yield str(of["type"])
    yield str(of["id"])
    yield row.scope
    yield plan.shutdown.qualifier
    yield str(plan.shutdown.day or "")
    yield plan.shutdown.day.precision if plan.shutdown.day else ""
    yield plan.first.shutdown.qualifier
    yield str(plan.first.shutdown.day or "")
    yield "yes" if plan.superseded else "no"
    yield "yes" if plan.withdrawn else "no"
    yield _written(row.price)
    yield _written(row.training_price)
    yield (
        plan.now.replacements
        if isinstance(plan.now.replacements, Absent)
        else " ".join(f"{thing['type']}:{thing['id']}" for thing in map(replacement, plan.now.replacements))
    )
    yield " ".join(each.role for each in plan.replacements)
    yield row.source
    yield page(plan)
    amounts = _amounts(row.price) | _amounts(row.training_price)
    yield from (amounts.get(use, "") for use in _USES)
    yield " ".join(world.status(each.name) or Absent.NOT_APPLICABLE for each in plan.replacements)


def _written(price: Price | Absent) -> str:
    return price if isinstance(price, Absent) else price.written


def _amounts(price: Price | Absent) -> dict[PriceFor, str]:
    return {} if isinstance(price, Absent) else {part.use: per_million(part) for part in price.parts}
