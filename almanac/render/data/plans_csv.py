"""Plans -> CSV: one row a plan, for spreadsheets (RFC 4180)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from almanac.catalog import Catalog, Plan
from almanac.records import Absent, Price, PriceFor
from almanac.render.data.json_values import per_million, replacement, subject
from almanac.render.data.plans_json import key_of, page, superseded

_USES = (PriceFor.USAGE, PriceFor.INPUT, PriceFor.OUTPUT, PriceFor.TRAINING, PriceFor.CACHED_INPUT)
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
)
"""New ones come last, so that a formula which counts columns goes on to work."""

# What a spreadsheet takes for the beginning of a formula, also in full width, and what hides one from the eye:
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def plans(world: Catalog) -> bytes:
    """Newest first, in the order of the announcements' tables."""
    sheet = StringIO(newline="")
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for several in world.plans.values():
        writer.writerows([inert(cell) for cell in _row(world, plan)] for plan in several)
    return sheet.getvalue().encode()


def inert(cell: str) -> str:
    """The cell as a spreadsheet shows it and does not run it: one that looks like a formula gets an apostrophe."""
    return f"'{cell}" if cell.lstrip(" \u3000")[:1] in _FORMULA and cell.strip(" \u3000") else cell


def _row(world: Catalog, plan: Plan) -> Iterator[str]:
    row = plan.row
    of = subject(plan.name)
    yield key_of(plan)
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
    yield "yes" if superseded(world, plan) else "no"
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


def _written(price: Price | Absent) -> str:
    return price if isinstance(price, Absent) else price.written


def _amounts(price: Price | Absent) -> dict[PriceFor, str]:
    return {} if isinstance(price, Absent) else {part.use: per_million(part) for part in price.parts}
