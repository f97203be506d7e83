"""After the call: what was said in it that somebody will need, found and written down without any model."""
