"""Events on their way from the writer to those who read along."""
