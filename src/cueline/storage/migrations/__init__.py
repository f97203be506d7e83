"""The schema's history: one file per step in ``versions``, never changed after a release."""
