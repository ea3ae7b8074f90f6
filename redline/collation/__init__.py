"""Texts laid beside each other: what differs, where, and what kind of difference it is."""
