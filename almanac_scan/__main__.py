"""python -m almanac_scan"""

from almanac_scan.cli import run

run()
