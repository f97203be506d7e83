"""How well the gate redacts: calls with gold spans played through it, and the figures that come of it."""
