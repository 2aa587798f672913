"""Catalog -> files loaded when a tool is first used: the data of every name, and the tools' scripts."""

from __future__ import annotations

from collections.abc import Mapping

from almanac import addresses
from almanac.catalog import Catalog
from almanac.draft import Address
from almanac.render.browser.tools_data.names import names
from almanac.render.text.localize import EDITIONS
from almanac.render.text.localizers import Localizers

TOOLS = ("check.js", "filter.js", "compare.js")


def files(world: Catalog, scripts: Mapping[str, str], localizers: Localizers | None = None) -> dict[Address, bytes]:
    """The tools, and each edition's data as a script with a call, so that they load from file: URLs too."""
    localizers = localizers or Localizers(world)
    reader = scripts["tools-data.js"]
    data = {
        Address(addresses.tools_data(edition.id)): (
            f"{reader}almanacToolsData({names(world, localizers, edition)});\n".encode()
        )
        for edition in EDITIONS
    }
    return data | {Address(name): scripts[name].encode() for name in TOOLS}
