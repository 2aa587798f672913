import json
import sys
from pathlib import Path
from urllib.request import urlopen

site, memory = sys.argv[1], Path(sys.argv[2])
told = memory.read_text("utf-8").splitlines() if memory.exists() else []
for item in json.load(urlopen(f"{site}feed.en.json"))["items"]:
    updated = item.get("date_modified", item["date_published"])
    if f"{updated} {item['id']}" not in told:
        told.append(f"{updated} {item['id']}")
        print(updated[:10], item["title"])
memory.write_text("\n".join(told), "utf-8")
