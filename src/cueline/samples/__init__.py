"""Sample calls of our own: two short calls with audio, word times and the spans that must be masked."""
