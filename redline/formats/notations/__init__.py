"""Other people's notations, read by translation into the native one and written by tables."""
