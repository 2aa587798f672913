"""Catalog -> Markdown for language models: each page a second time, from the same view, and llms.txt."""
