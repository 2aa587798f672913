"""Catalog -> files loaded when a tool is first used: the data of every name, and the tools' scripts."""

from __future__ import annotations

from collections.abc import Mapping

from almanac import addresses
from almanac.catalog import Catalog
from almanac.draft import Address
from almanac.render.browser.tools_data.filter_values import filter_values
from almanac.render.browser.tools_data.names import names
from almanac.render.text.localizers import Localizers

TOOLS = ("check.js", "compare.js", "my-models.js", "timeline.js")


def files(world: Catalog, scripts: Mapping[str, str], localizers: Localizers | None = None) -> dict[Address, bytes]:
    """The tools, and each edition's data as a script with a call, so that they load from file: URLs too."""
    data = {}
    for edition, (first, *further) in names(world, localizers or Localizers(world)).items():
        data[Address(addresses.tools_data(edition))] = (
            f"{scripts['tools-data.js']}almanacToolsData({first});\n".encode()
        )
        for part, models in enumerate(further, 2):
            data[Address(addresses.tools_data(edition, part))] = f"almanacToolsModels({models});\n".encode()
    tools = {name: scripts[name] for name in TOOLS}
    tools["check.js"] = f"{scripts['recognition.js']}{tools['check.js']}"
    tools["filter.js"] = f"{scripts['filter.js']}almanacFilter({filter_values(world)});\n"
    return data | {Address(name): script.encode() for name, script in tools.items()}
