import json
import sys
from datetime import date
from urllib.request import urlopen

rows = json.load(urlopen(f"{sys.argv[1]}data/v1/retirements.json"))["names"]
exact = [row for row in rows if row["qualifier"] == "on" and len(row["date"]) == 10]
print("| name | announced | shutdown date | days |")
print("| --- | --- | --- | ---: |")
for row in sorted(exact, key=lambda row: row["date"], reverse=True):
    announced, shutdown = map(date.fromisoformat, (row["announced"], row["date"]))
    days = (shutdown - announced).days
    print(f"| {row['id']} | {announced} | {shutdown} | {days} |")
