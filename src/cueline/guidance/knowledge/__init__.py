"""Answers from the company's own documents: reading, cutting into passages, and asking."""
