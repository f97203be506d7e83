"""Amazon Connect itself: what is told to it of a contact."""
