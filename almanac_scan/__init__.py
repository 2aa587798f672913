"""almanac-scan: finds the names of models, endpoints and products in code, and says which of them are shut down.

It needs the standard library alone, and reads the data that it was installed with. The map:

* `recognition.py`  what a text names: the same as *Check my code* finds in the browser
* `catalog.py`      the data: the status of each name on a day, and what replaces it
* `sources.py`      the files to read: those that git tracks
* `report.py`       findings, as text, Markdown, JSON, SARIF 2.1.0 or annotations on GitHub
* `cli.py`          arguments and exit codes
"""
