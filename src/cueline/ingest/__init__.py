"""Audio comes in: one GetMedia per call, each fragment held until it is proved to be this contact's."""
