"""Catalog -> pictures as numbers: days as percents of a width, names as rows and lanes; the templates add the ink."""

from almanac.render.charts.graph import GraphView, graph
from almanac.render.charts.lives import LifeView, LivesView, life, lives
from almanac.render.charts.notices import NoticesView, notices

__all__ = ["GraphView", "LifeView", "LivesView", "NoticesView", "graph", "life", "lives", "notices"]
