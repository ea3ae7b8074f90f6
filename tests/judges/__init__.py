"""Outside judges: written from the standards alone, they share no code with `redline`."""
