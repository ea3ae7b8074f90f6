"""The written files against the outside schemas and the law."""
