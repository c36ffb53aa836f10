"""Statistics of counts in small areas: arrays in, small frozen results out. In the order in which an analyst thinks:

shrink                   level per area, leaning on its peers, with interval
spatial_empirical_bayes  idem, leaning on its neighbours
rank_intervals           place among the peers, as an interval
trend                    change per year, over whole years
trend_month              change per year up to one month, season modelled
season_shares            share of each month in a year
expected                 what a year was to be expected to bring, per area and type
expected_month           idem for one month
city_expected            idem for the city as a whole, against its own past
out_of_line              which counts are out of line with that, corrected for many questions
false_discovery          the correction by itself
likely_start             likeliest first month of a run
"""

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
