"""Views of links used on several pages."""

from __future__ import annotations

from typing import NamedTuple

from almanac.records import Announcement, AnnouncementId, Day, Family, FamilyId, Text


class FamilyLink(NamedTuple):
    id: FamilyId
    title: Text


class AnnouncementLink(NamedTuple):
    """A link to an announcement, by its date and title."""

    id: AnnouncementId
    announced: Day
    title: Text


def family_link(family: Family) -> FamilyLink:
    return FamilyLink(family.id, family.title)


def announcement_link(announcement: Announcement) -> AnnouncementLink:
    return AnnouncementLink(announcement.id, announcement.announced, announcement.title)
