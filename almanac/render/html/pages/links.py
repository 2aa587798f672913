"""Views of links used on several pages."""

from __future__ import annotations

from dataclasses import dataclass

from almanac.records import Announcement, AnnouncementId, Day, Family, FamilyId, Text


@dataclass(frozen=True, slots=True)
class FamilyLink:
    id: FamilyId
    title: Text


@dataclass(frozen=True, slots=True)
class AnnouncementLink:
    """A link to an announcement, by its date and title."""

    id: AnnouncementId
    announced: Day
    title: Text


def family_link(family: Family) -> FamilyLink:
    return FamilyLink(family.id, family.title)


def announcement_link(announcement: Announcement) -> AnnouncementLink:
    return AnnouncementLink(announcement.id, announcement.announced, announcement.title)
