"""The gate: the only way from unredacted words to anything that leaves the process."""
