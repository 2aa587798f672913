"""Templates are autoescaped and strict, and rendered without optional end tags."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from almanac.render.html.jinja_env import environment


@dataclass(frozen=True)
class Thing:
    name: str


def rendered(folder: Path, template: str) -> str:
    (folder / "page.html").write_text(template, encoding="utf-8")
    return environment(folder).get_template("page.html").render(thing=Thing("a<b"))


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ thing.name }}", "a&lt;b"),
        ("{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}{{ m(thing.name) }}", "<i>a&lt;b</i>"),
        ("{% if thing %}\n  {% set x = '&' %}\n{{ x }}\n{% endif %}\n", "&amp;\n"),
        (
            "<ul><li>{{ thing.name }}</li></ul><table><tr><td>1</td></tr></table>",
            "<ul><li>a&lt;b</ul><table><tr><td>1</table>",
        ),
    ],
)
def test_what_a_template_renders(tmp_path: Path, template: str, expected: str) -> None:
    assert rendered(tmp_path, template) == expected


@pytest.mark.parametrize("template", ["{{ nothing }}", "{{ nothing.name }}", "{{ thing.nothing }}", "{{ no() }}"])
def test_an_undefined_name_is_an_error(tmp_path: Path, template: str) -> None:
    with pytest.raises(UndefinedError):
        rendered(tmp_path, template)
