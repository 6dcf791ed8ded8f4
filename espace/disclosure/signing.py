"""Proves that a published table is the one its closing made."""

import json

from django.core.signing import BadSignature, Signer

from espace.disclosure.models import Release

SALT = "disclosure.release"


def signature_of(release: Release) -> str:
    """Return the signature of what a release publishes."""
    return Signer(salt=SALT).signature(_said(release))


def is_whole(release: Release) -> bool:
    """Tell whether nobody wrote in a release since its closing, under this key or a former one."""
    signer = Signer(salt=SALT)
    try:
        signer.unsign(f"{_said(release)}{signer.sep}{release.signature}")
    except BadSignature:
        return False
    return True


def _said(release: Release) -> str:
    said = {
        "month": str(release.month),
        "tables": release.tables,
        "places": release.places,
        "corrected": release.corrected_gems,
    }
    return json.dumps(said, sort_keys=True, separators=(",", ":"))
