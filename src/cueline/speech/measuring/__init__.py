"""How well a recogniser hears: what was said beside what was heard."""
