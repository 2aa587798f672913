"""A page that is rendered alone is byte for byte the one of the whole site."""

from __future__ import annotations

from pathlib import Path

from almanac import relate, render
from tests.golden import small


def test_every_page_alone_is_that_of_the_whole_site(tmp_path: Path) -> None:
    templates = small.without_style_and_script(tmp_path)
    world = relate.content(small.sound(), small.DAY)
    site = render.catalog(world, templates)
    page = render.single_pages(world, templates, render.CompiledTemplates())
    found = {address: render.with_file_sizes(html, site) for address in site if (html := page(address)) is not None}
    assert found == {address: site[address] for address in found}
    assert {each for each in site if each.endswith(".html")} - found.keys() == {"index.html", "404.html"}


def test_what_is_no_page_is_not_rendered_alone(tmp_path: Path) -> None:
    page = render.single_pages(relate.content(small.sound(), small.DAY), small.without_style_and_script(tmp_path))
    for address in ("", "index.html", "en/", "en/nothing.html", "fr/index.html", "data/v1/index.json", "en/index.md"):
        assert page(address) is None, address
