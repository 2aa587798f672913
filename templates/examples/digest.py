import json
import sys
from pathlib import Path
from urllib.request import urlopen

site, memory = sys.argv[1], Path(sys.argv[2])
told = memory.read_text("utf-8").splitlines() if memory.exists() else []
url, before = f"{site}feed.en.json", {*told}
while url:
    feed = json.load(urlopen(url))
    all = [(i.get("date_modified", i["date_published"]), i) for i in feed["items"]]
    lines = {f"{day} {i['id']}": f"{day[:10]} {i['title']}\n" for day, i in all}
    print("".join(lines[key] for key in lines if key not in told), end="")
    url = feed.get("next_url", "") if before and before.isdisjoint(lines) else ""
    told += [key for key in lines if key not in told]
memory.write_text("\n".join(told), "utf-8")
