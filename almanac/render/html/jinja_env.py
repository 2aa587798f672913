"""The Jinja environment of the site: autoescaping is on, and undefined names are errors."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_IMPLIED = re.compile(r"</(?:td|th|tr|thead|tbody|li|dt|dd)>")


def environment(templates: Path) -> Environment:
    return Environment(
        loader=OptionalEndTags(templates, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


class OptionalEndTags(FileSystemLoader):
    """Loads templates and removes the end tags that HTML allows to omit."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_current = super().get_source(environment, template)
        return _IMPLIED.sub("", source), path, is_current
