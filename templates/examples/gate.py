import json
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

site, *files = sys.argv[1:]
soon = str((datetime.now(UTC) + timedelta(days=60)).date())
dates: dict[str, str] = {}
for row in json.load(urlopen(f"{site}data/v1/retirements.json"))["names"]:
    if row["qualifier"] == "on" and row["date"] <= soon:
        dates |= dict.fromkeys([row["id"], *row["aliases"]], row["date"])
code = "\n".join(Path(file).read_text("utf-8") for file in files)
found = sorted(dates.keys() & re.findall(r"[\"']([^\"'\s]+)[\"']", code))
sys.exit("\n".join(f"{name}: {dates[name]}" for name in found) or 0)
