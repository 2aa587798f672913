"""Templates compiled to plain Python say what Jinja's own would say, and are as strict."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from almanac.catalog import Status
from almanac.memory import Memory
from almanac.render.html.jinja_env import environment, shown


@dataclass(frozen=True)
class Thing:
    name: str
    several: tuple[int, ...] = (1, 2)

    def called(self, *names: str, **others: str) -> str:
        return " ".join((self.name, *names, *others.values()))


def said(folder: Path, template: str, remembered: Memory | None = None) -> str:
    (folder / "page.html").write_text(template, encoding="utf-8")
    made = environment(folder, remembered or Memory())
    return made.get_template("page.html").render(thing=Thing("a<b"), names=("x", "y"), kinds={"z": "w"})


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ thing.name }}", "a&lt;b"),
        ('{{ thing.called("&", z="2") }}', "a&lt;b &amp; 2"),
        ("{{ thing.called(*names, **kinds) }}", "a&lt;b x y w"),
        ("{% for n in thing.several %}{{ loop.index }}{{ thing.called(n ~ '') }}{% endfor %}", "1a&lt;b 12a&lt;b 2"),
        ("{% macro m(x, y='<') %}<i>{{ x }}{{ y }}</i>{% endmacro %}{{ m(thing.name) }}", "<i>a&lt;b&lt;</i>"),
        ("{% macro m() %}({{ caller() }}){% endmacro %}{% call m() %}{{ thing.name }}{% endcall %}", "(a&lt;b)"),
        ("{{ (thing or 1).name|upper }}{{ ('a' if thing else thing).upper() }}", "A&lt;BA"),
    ],
)
def test_a_template_says_what_it_should(tmp_path: Path, template: str, expected: str) -> None:
    assert said(tmp_path, template) == expected


@pytest.mark.parametrize(
    "template", ["{{ nothing }}", "{{ nothing.name }}", "{{ thing.nothing }}", "{{ thing.nothing() }}", "{{ no() }}"]
)
def test_a_name_that_does_not_exist_is_an_error(tmp_path: Path, template: str) -> None:
    with pytest.raises((UndefinedError, AttributeError, TypeError)):
        said(tmp_path, template)


def test_a_template_that_has_changed_is_compiled_again(tmp_path: Path) -> None:
    remembered = Memory()
    assert said(tmp_path, "one", remembered) == "one"
    assert said(tmp_path, "two", remembered) == "two"


def test_only_markup_is_shown_as_it_is() -> None:
    class Other(Markup):
        """Not what any of ours makes."""

    shows = [shown(each) for each in ("<", Markup("<"), Other("<"), 1, True, None, Status.SHUT_DOWN, "<")]
    assert shows == ["&lt;", "<", "<", "1", "True", "None", "shut-down", "&lt;"]
    assert all(type(each) is Markup for each in shows)
