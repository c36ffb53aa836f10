"""Statistics of counts in small areas: arrays in, small frozen results out. In the order in which an analyst thinks."""

from wijkveilig.analysis.city import city_expected
from wijkveilig.analysis.discovery import false_discovery
from wijkveilig.analysis.forecast import Expected, expected, out_of_line
from wijkveilig.analysis.level import Shrunk, shrink, spatial_empirical_bayes
from wijkveilig.analysis.month import expected_month, likely_start
from wijkveilig.analysis.rank import Ranks, rank_intervals
from wijkveilig.analysis.season import season_shares
from wijkveilig.analysis.trend import Trend, trend, trend_month

__all__ = [
    "Expected",
    "Ranks",
    "Shrunk",
    "Trend",
    "city_expected",
    "expected",
    "expected_month",
    "false_discovery",
    "likely_start",
    "out_of_line",
    "rank_intervals",
    "season_shares",
    "shrink",
    "spatial_empirical_bayes",
    "trend",
    "trend_month",
]
