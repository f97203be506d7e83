"""Call excerpts written by hand, with their secrets and readable numbers marked, for tuning the redaction engine.

One file an author, excerpts separated by a blank line, each line ``agent: ...`` or ``customer: ...`` as a recogniser
gives it out. ``[[TYPE|the words]]`` is a secret, ``((kind|the words))`` a number that has to stay readable. A number
split over turns is marked in each of them. Everything is invented.
"""
