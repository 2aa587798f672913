"""Data for the pages' scripts: search, tools and as-of views."""
