"""Catalog -> chart geometry, drawn by templates: dates in percent of the width."""

from almanac.render.html.charts.lives import LifeView, LivesView, life, lives
from almanac.render.html.charts.notice_periods import NoticesView, notices

__all__ = ["LifeView", "LivesView", "NoticesView", "life", "lives", "notices"]
