"""How a reader likes the pages: light or dark, and whether `/` opens the search. Kept in cookies, nowhere else."""

from __future__ import annotations

THEME_COOKIE = "weergave"
SEARCH_KEY_COOKIE = "zoektoets"
THEMES = ("light", "dark")
YEAR = 365 * 24 * 3600
"""How long a preference is kept, in seconds."""
