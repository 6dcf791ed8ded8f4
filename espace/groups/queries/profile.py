"""Reads of the GEM's profile."""

from espace.groups.models import Gem


def gem_slugs() -> list[dict[str, str]]:
    """Return every GEM as {"slug", "name"}, by slug: for the command line, not for a page."""
    return list(Gem.objects.order_by("slug").values("slug", "name"))
