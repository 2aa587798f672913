"""Localisation: texts, phrases, names, dates and numbers in one language or both."""
