"""Proves that a published table is the one its closing made."""

import json

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

from espace.disclosure.models import Release

SALT = "disclosure.release"


def signature_of(release: Release) -> str:
    """Return the signature of what a release publishes."""
    said = {
        "month": release.month.isoformat(),
        "tables": release.tables,
        "places": release.places,
        "corrected": release.corrected_gems,
    }
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return Signer(salt=SALT).signature(text)


def is_whole(release: Release) -> bool:
    """Tell whether nobody wrote in a release since its closing."""
    return constant_time_compare(release.signature, signature_of(release))
