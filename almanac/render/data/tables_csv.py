"""Tables -> a CSV file each (RFC 4180), with a header."""

from __future__ import annotations

import csv
from io import StringIO

from almanac import addresses
from almanac.draft import Address
from almanac.render.data.plans_csv import inert
from almanac.render.data.tables import Cell, FilledTable
from almanac.render.task import Files


def files(one: FilledTable) -> Files:
    return {Address(addresses.table_csv(one.table.name)): _sheet(one)}


def _sheet(one: FilledTable) -> bytes:
    """The CSV of a table; a missing value is empty, and a cell that a spreadsheet could run has an apostrophe."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(one.table.column_names)
    writer.writerows([_inert(cell) for cell in row] for row in one.rows)
    return text.getvalue().encode()


def _inert(cell: Cell) -> Cell:
    """The same as `inert`, at once for a cell that begins with a letter or digit, as nearly all do."""
    return inert(cell) if isinstance(cell, str) and not cell[0].isalnum() else cell
