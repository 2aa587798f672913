import json
import sys
from urllib.request import urlopen

site, *names = sys.argv[1:]
for name in names:
    badge = f"{site}badges/models/{name}.en"
    message = json.load(urlopen(f"{badge}.json"))["message"]
    print(f"[![{name}: {message}]({badge}.svg)]({site}en/models/{name}.html)")
