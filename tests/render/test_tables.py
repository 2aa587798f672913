"""The tables: CSV and SQLite agree, keys hold, and the views answer the common questions."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from io import StringIO

import pytest

from almanac import render
from almanac.catalog import Catalog, Status
from almanac.draft import Address
from almanac.records import Price, PriceFor
from almanac.render.data.almanac_sqlite import VIEWS
from almanac.render.data.plans_csv import inert
from almanac.render.data.tables import TABLES, ColumnType
from tests.relate.factories import real_on

NOW = "2026-11-30"
DATABASE = Address("data/v1/almanac.sqlite")


@pytest.fixture(scope="module")
def world() -> Catalog:
    return real_on(NOW)


@pytest.fixture(scope="module")
def output(world: Catalog) -> Mapping[Address, bytes]:
    return exported(world)


@pytest.fixture(scope="module")
def database(output: Mapping[Address, bytes]) -> Iterator[sqlite3.Connection]:
    with closing(opened(output)) as connection:
        yield connection


def exported(world: Catalog) -> Mapping[Address, bytes]:
    return {address: data for task in render.data.exports(world, "") for address, data in task.render().items()}


def opened(output: Mapping[Address, bytes]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(output[DATABASE])
    return connection


# --- Tables -----------------------------------------------------------------------------------------------------------


def test_each_csv_has_the_rows_of_the_table_in_the_database(
    output: Mapping[Address, bytes], database: sqlite3.Connection
) -> None:
    for table in TABLES:
        header, *rows = csv.reader(StringIO(output[Address(f"data/v1/csv/{table.name}.csv")].decode(), newline=""))
        found = database.execute(f"SELECT * FROM {table.name} ORDER BY rowid")
        assert header == [column[0] for column in found.description]
        numbers = [column.type is ColumnType.REAL for column in table.columns for _ in column.names]
        expected = [[_written(cell, is_real) for cell, is_real in zip(row, numbers, strict=True)] for row in found]
        assert [
            [str(float(cell)) if cell and is_real else cell for cell, is_real in zip(row, numbers, strict=True)]
            for row in rows
        ] == expected, table.name
        assert rows, table.name


def _written(cell: str | float | None, is_real: bool) -> str:
    if cell is None:
        return ""
    return str(cell) if is_real else inert(str(cell))


@pytest.mark.parametrize("day", ["2022-01-01", "2023-11-30", NOW])
def test_every_key_refers_to_a_row(day: str) -> None:
    with closing(opened(exported(real_on(day)))) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for view in VIEWS:
            database.execute(f"SELECT * FROM {view}").fetchall()


def test_a_column_is_no_word_of_sql() -> None:
    """So that no query has to quote one."""
    names = {name for table in TABLES for name in (table.name, *table.column_names)}
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(";".join(f"CREATE TABLE {name} ({name})" for name in names))


# --- Views ------------------------------------------------------------------------------------------------------------


def test_when_gpt_4o_ends(database: sqlite3.Connection) -> None:
    query = "SELECT shutdown, known_from, source_rank, replacements FROM upcoming WHERE name = 'gpt-4o'"
    assert database.execute(query).fetchall() == [("2027-01-14", "2026-10-14", "secondary", "gpt-6-luna")]


def test_days_are_counted_from_the_day_of_the_query(database: sqlite3.Connection) -> None:
    [(wrong,)] = database.execute(
        "SELECT count(*) FROM upcoming WHERE days_left != julianday(shutdown) - julianday('now', 'start of day') "
        "OR (days_left IS NULL) != (qualifier != 'on')"
    )
    assert wrong == 0


def test_what_v1_assistants_is_replaced_by(database: sqlite3.Connection) -> None:
    query = "SELECT step, replacement, status FROM replacement_chain WHERE name = '/v1/assistants'"
    assert database.execute(query).fetchall() == [
        (1, "product/responses-api", "active"),
        (1, "product/conversations-api", "active"),
    ]


def test_a_chain_leads_from_replacement_to_replacement(database: sqlite3.Connection) -> None:
    query = "SELECT step, replaced, replacement FROM replacement_chain WHERE name = 'gpt-4-0314'"
    assert sorted(database.execute(query)) == [
        (1, "gpt-4-0314", "gpt-4.1"),
        (1, "gpt-4-0314", "gpt-5"),
        (2, "gpt-4.1", "gpt-6-luna"),
        (2, "gpt-5", "gpt-6.1-sol"),
    ]


def test_the_upcoming_names_are_the_deprecated_ones(database: sqlite3.Connection, world: Catalog) -> None:
    expected = {
        *(id for id, entry in world.models.items() if entry.status is Status.DEPRECATED),
        *(path for path, entry in world.endpoints.items() if entry.status is Status.DEPRECATED),
        *(f"product/{id}" for id, entry in world.products.items() if entry.status is Status.DEPRECATED),
    }
    assert {name for (name,) in database.execute("SELECT name FROM upcoming")} == expected


def test_the_present_prices_are_those_of_the_models(database: sqlite3.Connection, world: Catalog) -> None:
    prices = {row[0]: row[1:] for row in database.execute("SELECT model, input, output, source FROM present_prices")}
    for id, entry in world.models.items():
        price, fact = entry.record.price.known, entry.record.price.now
        if not isinstance(price, Price) or fact is None:
            continue
        usual = {
            part.use: float(part.per_million)
            for part in price.parts
            if part.unit == "token" and not part.modality and not part.long_context
        }
        expected = (usual.get(PriceFor.INPUT), usual.get(PriceFor.OUTPUT), fact.source)
        assert prices.get(id) == (expected if usual else None), id
    assert len(prices) > 50


def test_the_models_that_an_endpoint_supports(database: sqlite3.Connection) -> None:
    query = "SELECT model FROM supported_models WHERE endpoint = '/v1/chat/completions'"
    supported = {model for (model,) in database.execute(query)}
    assert "gpt-4o" in supported
    assert not supported & {"gpt-4-0314", "whisper-1", "gpt-3.5-turbo-0301"}
