"""Notations: from the marks people type to a `Document`, and back."""
