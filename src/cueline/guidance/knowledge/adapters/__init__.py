"""Reading what may do harm while it is read."""
