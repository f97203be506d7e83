"""Rules: when this is said, found or left out in a call, then do that."""
