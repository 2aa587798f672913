"""For the scripts of the pages: search, tools, and other days."""
