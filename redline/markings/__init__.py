"""Security markings: what a line of a paper is, what its banners say, and the paper's history.

Pure functions over single lines and short runs of them; which line stands at which page edge is
for the layout to say. The rules are in `docs/reference/markings.md`.
"""
