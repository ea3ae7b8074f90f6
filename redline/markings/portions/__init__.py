"""Portion marks: `(S)` at the head of a paragraph (rule M11)."""
