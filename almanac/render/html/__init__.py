"""For people: every page in every edition."""
