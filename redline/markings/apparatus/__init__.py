"""Lines that are no text: what agencies, archives, forms and transmission put on a paper."""
