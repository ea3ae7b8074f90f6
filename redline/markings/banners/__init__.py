"""Banner lines and page edges: which lines are banners, and what a page edge says (rules M1-M9)."""
