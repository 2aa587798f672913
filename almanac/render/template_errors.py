"""Errors in templates/, reported like those in content/: file, line, what is wrong."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import walk_tb

from jinja2 import TemplateSyntaxError, UndefinedError

from almanac.printable import printable
from almanac.records import ContentErrors, Place, Problem

_PROGRAM = Path(__file__).parent.parent
_JINJA_ENV = str(_PROGRAM / "render" / "html" / "jinja_env.py")


def read_text(path: Path) -> str:
    """The text of a file in templates/; OSError if it cannot be read or is not UTF-8."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise not_utf8(path) from None


def missing(path: Path) -> OSError:
    return OSError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))


def not_utf8(path: Path) -> OSError:
    return OSError(errno.EILSEQ, "it is not UTF-8", str(path))


@contextmanager
def template_errors_reported(templates: Path) -> Iterator[None]:
    """Raise `ContentErrors` for an exception in a template or in what it calls, or for a file that cannot be read."""
    try:
        yield
    except ContentErrors:
        raise
    except Exception as error:
        problem = _problem(error, templates)
        if problem is None:
            raise
        raise ContentErrors((problem,)) from error


def _problem(error: Exception, templates: Path) -> Problem | None:
    """None if no template is involved."""
    if isinstance(error, TemplateSyntaxError):
        return Problem(_place(error.filename or "", error.lineno, templates), printable(error.message or ""))
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    inside = [index for index, (file, _) in enumerate(frames) if templates in Path(file).parents]
    at = _place(*frames[inside[-1]], templates) if inside else None
    if isinstance(error, OSError) and templates in Path(str(error.filename)).parents:
        file = _place(str(error.filename), 1, templates)
        return Problem(at or file, f"{file.path} cannot be read: {error.strerror}", "restore it, or name another file")
    if at is None:
        return None
    message = f"{error}" if isinstance(error, UndefinedError) else f"{type(error).__name__}: {error}"
    called = [each for each in frames[inside[-1] + 1 :] if _PROGRAM in Path(each[0]).parents and each[0] != _JINJA_ENV]
    hint = f"raised in {Path(called[-1][0]).relative_to(_PROGRAM.parent)}:{called[-1][1]}" if called else ""
    return Problem(at, printable(message), hint)


def _place(file: str, line: int, templates: Path) -> Place:
    path = Path(file)
    name = path.relative_to(templates.parent).as_posix() if templates in path.parents else templates.name
    return Place(printable(name), line)
