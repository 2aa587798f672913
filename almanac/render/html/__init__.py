"""HTML: every page in every edition."""
