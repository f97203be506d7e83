"""The call's state, its utterances and its sequence; committed to PostgreSQL, then on the bus."""
