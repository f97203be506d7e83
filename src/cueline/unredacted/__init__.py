"""Audio and words as the caller spoke them: types that live in the ``call`` process only and refuse to leave it."""
