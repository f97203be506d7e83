"""PostgreSQL: calls, leases, commits, the outbox. Imported by ``roles`` alone."""
