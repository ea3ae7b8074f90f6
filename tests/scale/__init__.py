"""Growth: what doubles in size may double in time."""
