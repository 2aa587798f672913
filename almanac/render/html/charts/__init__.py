"""Catalog -> chart geometry, drawn by templates: dates in percent of the width, names as rows and lanes.

Our own layout, since Graphviz would be a program to install, and its drawings neither wrap nor follow the theme.
"""

from almanac.render.html.charts.graph import GraphView, graph
from almanac.render.html.charts.lives import LifeView, LivesView, life, lives
from almanac.render.html.charts.notice_periods import NoticesView, notices

__all__ = ["GraphView", "LifeView", "LivesView", "NoticesView", "graph", "life", "lives", "notices"]
