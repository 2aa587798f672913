"""Tables -> an SQLite database with keys, and views for the common questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing

from almanac import addresses
from almanac.draft import Address
from almanac.render.data.document import VERSION
from almanac.render.data.tables import TABLES, DataTable, FilledTable
from almanac.render.task import Files

_DAYS_LEFT = "CAST(julianday(r.shutdown) - julianday('now', 'start of day') AS INTEGER)"

VIEWS = {
    # Names with their status.
    "statuses": """
        SELECT n.name, n.kind, n.id, r.status, r.doubt, r.qualifier, r.shutdown, r.announced, r.known_from, n.page
        FROM names n JOIN retirements r USING (name)""",
    # The replacements named last in the plan in effect.
    "present_replacements": """
        SELECT r.name, x.replacement, x.role, x.condition_en, x.condition_zh
        FROM retirements r JOIN replacements x USING (plan)
        WHERE x.version = (SELECT max(v.number) FROM plan_versions v WHERE v.plan = r.plan)""",
    # What is still to be shut down. Days are counted from the day of the query, and only to exact dates.
    "upcoming": f"""
        SELECT r.name, n.kind, r.qualifier, r.shutdown,
            CASE WHEN r.qualifier = 'on' AND r.precision = 'day' THEN {_DAYS_LEFT} END AS days_left,
            r.announced, r.known_from, s.rank AS source_rank,
            (SELECT group_concat(p.replacement, '; ') FROM present_replacements p WHERE p.name = r.name)
                AS replacements
        FROM retirements r JOIN names n USING (name) JOIN sources s ON s.id = r.source
        WHERE r.status = 'deprecated'
        ORDER BY r.shutdown IS NULL, r.shutdown, r.name""",
    # What replaces a name (step 1), what replaces that (2), and so on.
    "replacement_chain": """
        WITH RECURSIVE chain (name, step, replaced, replacement, path) AS (
            SELECT name, 1, name, replacement, '|' || name || '|' || replacement || '|' FROM present_replacements
            UNION ALL
            SELECT c.name, c.step + 1, c.replacement, p.replacement, c.path || p.replacement || '|'
            FROM chain c JOIN present_replacements p ON p.name = c.replacement
            WHERE instr(c.path, '|' || p.replacement || '|') = 0)
        SELECT c.name, c.step, c.replaced, c.replacement, r.status, r.shutdown
        FROM chain c LEFT JOIN retirements r ON r.name = c.replacement""",
    # Present standard prices of text, in US dollars per million tokens.
    "present_prices": """
        SELECT name AS model,
            max(CASE WHEN use = 'input' THEN usd_per_million END) AS input,
            max(CASE WHEN use = 'cached input' THEN usd_per_million END) AS cached_input,
            max(CASE WHEN use = 'output' THEN usd_per_million END) AS output,
            max(CASE WHEN use = 'usage' THEN usd_per_million END) AS usage,
            source, since, known_from
        FROM prices
        WHERE field = 'price' AND present AND unit = 'token' AND modality IS NULL AND NOT long_context
        GROUP BY name""",
    # Present numbers of tokens with their sources.
    "limits": """
        SELECT name AS model, field, CAST(value AS INTEGER) AS tokens, source, since, known_from
        FROM facts
        WHERE field IN ('context_window', 'max_tokens', 'max_output', 'long_context_from') AND present
            AND value IS NOT NULL""",
    # The models that an endpoint supports, while neither is shut down.
    "supported_models": """
        SELECT e.endpoint, e.model, e.answer, m.status, m.shutdown, e.source
        FROM endpoint_models e JOIN retirements m ON m.name = e.model JOIN retirements p ON p.name = e.endpoint
        WHERE e.answer IN ('yes', 'conditional')
            AND m.status NOT IN ('passed', 'shut-down') AND p.status NOT IN ('passed', 'shut-down')""",
}

_BETWEEN = ",\n  "
_LIBRARY = slice(96, 100)
"""The bytes of the header with the version of the SQLite library (https://www.sqlite.org/fileformat.html, 1.3)."""


def files(filled: Iterable[FilledTable]) -> Files:
    return {Address(addresses.DATABASE): _database(filled)}


def _database(filled: Iterable[FilledTable]) -> bytes:
    """The database. The same rows give the same bytes: they are inserted in order into an empty database in memory."""
    from sqlite3 import connect  # takes 10 ms

    with closing(connect(":memory:", isolation_level=None)) as database:
        database.executescript(";\n".join(_declarations()))
        for table, rows in filled:
            places = ", ".join("?" * len(table.column_names))
            database.executemany(f"INSERT INTO {table.name} VALUES ({places})", rows)
        database.execute("COMMIT")
        data = bytearray(database.serialize())
    data[_LIBRARY] = bytes(4)
    return bytes(data)


def _declarations() -> Iterator[str]:
    yield "PRAGMA encoding = 'UTF-8'"
    yield "PRAGMA page_size = 4096"
    yield "PRAGMA auto_vacuum = NONE"
    yield f"PRAGMA user_version = {VERSION}"
    yield "BEGIN"
    yield from map(_table, TABLES)
    yield from (f"CREATE VIEW {name} AS{query}" for name, query in VIEWS.items())


def _table(table: DataTable) -> str:
    keys = ", ".join(name for column in table.columns[: table.key] for name in column.names)
    columns = (
        f"{name} {column.type}{f' REFERENCES {column.refers_to}' if column.refers_to else ''}"
        for column in table.columns
        for name in column.names
    )
    return f"CREATE TABLE {table.name} (\n  {_BETWEEN.join(columns)},\n  PRIMARY KEY ({keys})\n)"
