"""Logs, metrics, traces and health: what the engineer on call looks at."""
