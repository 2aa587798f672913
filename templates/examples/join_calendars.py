import re
import sys
from urllib.request import urlopen

site, *names = sys.argv[1:]
end = b"END:VCALENDAR\r\n"


def parts(path: str) -> list[bytes]:
    calendar = urlopen(f"{site}{path}").read().removesuffix(end)
    return re.split(rb"(?=BEGIN:VEVENT|BEGIN:VTIMEZONE)", calendar)


head = parts("data/v1/retirements.en.ics")[0]
mine = [each for name in names for each in parts(f"calendars/models/{name}.en.ics")[1:]]
sys.stdout.buffer.write(head + b"".join(dict.fromkeys(mine)) + end)
