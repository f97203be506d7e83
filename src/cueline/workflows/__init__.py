"""Durable workflows as data: named idempotent steps, what follows what, and the engines that run them."""
