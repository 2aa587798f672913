"""almanac-scan PATHS…: arguments, and the exit code."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from importlib import metadata
from pathlib import Path
from typing import NoReturn

from almanac_scan import catalog, sources
from almanac_scan.catalog import Catalog
from almanac_scan.recognition import Found, Recognition
from almanac_scan.report import FORMATS, Finding, Report

PASSED, FAILED, USAGE = 0, 1, 2
OLD = 60  # days after which the data should be renewed
_BASELINE_VERSION = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Scan, print, and return the exit code that `--help` lists."""
    _use_utf8()
    parser = _parser()
    options = parser.parse_args(arguments)
    day = options.as_of or datetime.now(UTC).date()
    try:
        data = catalog.load(options.data, day)
        accepted = _baseline(options.baseline)
        report = scan(options.paths, data, within=options.fail_within, accepted=accepted)
    except (catalog.Unreadable, OSError) as error:
        _print_error(error)
        return USAGE
    if data.age > OLD:
        print(f"almanac-scan: the data is {data.age} days old; reinstall the scanner, or use --data", file=sys.stderr)
    if options.write_baseline:
        try:
            written = _write_baseline(options.write_baseline, report)
        except OSError as error:
            _print_error(type(error)(error.errno, error.strerror, str(options.write_baseline)))
            return USAGE
        print(f"{options.write_baseline}: {written} in the baseline", file=sys.stderr)
        return PASSED
    form = FORMATS[options.format]
    print(form(report, all_names=options.all) if options.all else form(report))
    return FAILED if report.fails else PASSED


def scan(
    paths: Sequence[Path], data: Catalog, *, within: int = 0, accepted: Collection[tuple[str, str]] = frozenset()
) -> Report:
    """Everything found in the files; `within`: the number of days before a shutdown from which the check fails."""
    recognition = Recognition(data.data)
    findings: list[Finding] = []
    read = 0
    for file in sources.files(paths):
        text = sources.text(file)
        if text is None:
            continue
        read += 1
        path = _shown(file)
        findings += (_finding(path, found, data, within, accepted) for found in recognition.read(text))
    return Report(data, findings, read, version())


def _finding(path: str, found: Found, data: Catalog, within: int, accepted: Collection[tuple[str, str]]) -> Finding:
    if found.how == "unknown":
        return Finding(path, found, None, is_due=False)
    fine_tuned = found.how == "tuned"
    state = data.state(found.name, fine_tuned=fine_tuned)
    soon = state.last_day is not None and within > 0 and (state.last_day - data.day).days <= within
    # Azure keeps its own dates, and these are OpenAI's.
    is_due = not found.host and (state.status.is_over or soon)
    own = fine_tuned and data.has_fine_tuned(found.name)
    finding = Finding(path, found, state, is_due=is_due, has_own_plan=own)
    if is_due and (path, finding.key) in accepted:
        return Finding(path, found, state, is_due=True, is_accepted=True, has_own_plan=own)
    return finding


def _shown(file: Path) -> str:
    """The path from the working directory, as it is printed; with slashes on every system."""
    path = os.path.relpath(file)
    return (file.resolve() if path.startswith("..") else Path(path)).as_posix()


def version() -> str:
    try:
        return metadata.version("model-almanac")
    except metadata.PackageNotFoundError:
        return "0"


# --- The baseline: known findings, which do not make the check fail ---------------------------------------------------


def _baseline(file: Path | None) -> frozenset[tuple[str, str]]:
    if file is None:
        return frozenset()
    try:
        read = json.loads(file.read_text("utf-8"))
        return frozenset((path, name) for path, names in read["findings"].items() for name in names)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise catalog.Unreadable(f"{file}: not a baseline ({error!r}); write one with --write-baseline") from None


def _write_baseline(file: Path, report: Report) -> int:
    names: dict[str, list[str]] = {}
    for path, key in sorted({(each.path, each.key) for each in report.findings if each.is_due}):
        names.setdefault(path, []).append(key)
    written = {"version": _BASELINE_VERSION, "findings": names}
    text = f"{json.dumps(written, ensure_ascii=False, indent=2)}\n"
    file.write_bytes(text.encode(errors="backslashreplace"))  # a lone surrogate becomes its JSON escape
    return sum(map(len, names.values()))


# --- The command line -------------------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="almanac-scan",
        description="Finds the names of OpenAI's models, endpoints and products in code, and says which of them are "
        "deprecated or shut down. In a git repository, it reads the files that git tracks; binary files are left out. "
        "It makes no connections, unless --data is an address.",
        epilog="Exit codes: 0 nothing has been shut down, 1 something has, or will be within "
        "--fail-within, 2 wrong usage or unreadable files.",
        allow_abbrev=False,
    )
    parser.add_argument("paths", nargs="*", type=Path, default=[Path()], help="files and folders (default: .)")
    parser.add_argument("--format", choices=FORMATS, default="text", help="the output format (default: text)")
    parser.add_argument("--all", action="store_true", help="also print names with nothing to report")
    parser.add_argument(
        "--fail-within",
        type=_days,
        default=0,
        metavar="60d",
        help="also exit with 1 if a shutdown is at most this many days (60d) or weeks (8w) away",
    )
    parser.add_argument(
        "--baseline", type=Path, metavar="FILE", help="a file of known findings, which do not cause a failure"
    )
    parser.add_argument(
        "--write-baseline", type=Path, metavar="FILE", help="write the findings to a baseline, and exit with 0"
    )
    parser.add_argument(
        "--data",
        default="",
        metavar="FILE|URL",
        help="data/v1/scanner.json of the almanac (default: the data installed with the scanner)",
    )
    parser.add_argument(
        "--as-of", type=_day, metavar="YYYY-MM-DD", help="the date to check for (default: today in UTC)"
    )
    parser.add_argument("--version", action="version", version=f"almanac-scan {version()}")
    return parser


def _days(text: str) -> int:
    found = re.fullmatch("([0-9]{1,4})([dw]?)", text)
    if not found:
        raise argparse.ArgumentTypeError(f"write days as 60d, or weeks as 8w, not {text!r}")
    return int(found[1]) * (7 if found[2] == "w" else 1)


def _day(text: str) -> date:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"write a date such as 2026-11-30, not {text!r}")


def _print_error(error: Exception) -> None:
    said = str(error)
    if isinstance(error, OSError) and error.strerror:
        said = f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    print(f"almanac-scan: {said}", file=sys.stderr)


def _use_utf8() -> None:
    """Print UTF-8 in every locale; lone surrogates are escaped. What is closed swallows everything."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def run() -> NoReturn:
    """For the command; a reader that stops reading, such as head, is not an error."""
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FAILED
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"almanac-scan: the output cannot be written: {error.strerror}", file=sys.stderr)
        code = USAGE
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
