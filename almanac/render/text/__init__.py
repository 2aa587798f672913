"""What one says: texts, phrases, names, dates and numbers in one language or both."""
