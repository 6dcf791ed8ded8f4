"""Sessions that know whose they are, so that a person sees their devices and closes one.

Django's own engine, with a table of ours (``accounts.OpenSession``): a page costs the same
queries, a row that is deleted is a session that is closed, and nothing has to be kept in step.
"""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from espace.accounts.models import OpenSession
from espace.core.clock import now

OPENED = "opened"
LAST_DAY = "day"


def mark_opened(session: Any, device: str) -> None:
    """Say, at each sign-in, on what kind of device this session opens."""
    session[OPENED] = {"id": uuid4().hex, "at": int(now().timestamp()), "device": device}


def handle_of(session: Any) -> UUID | None:
    """Return the id under which this session is listed."""
    opened = session.get(OPENED)
    return UUID(opened["id"]) if opened else None


class SessionStore(DatabaseStore):
    """Writes beside the session's data whose it is, on what device, since when, last seen when."""

    @classmethod
    def get_model_class(cls) -> type[OpenSession]:
        return OpenSession

    def create_model_instance(self, data: dict[str, Any]) -> OpenSession:
        row: OpenSession = super().create_model_instance(data)  # type: ignore[assignment]
        row.account_id = UUID(data[SESSION_KEY]) if SESSION_KEY in data else None
        if opened := data.get(OPENED):
            row.handle = UUID(opened["id"])
            row.device = opened["device"]
            row.opened_at = datetime.fromtimestamp(opened["at"], UTC)
        row.seen_on = date.fromisoformat(data[LAST_DAY]) if LAST_DAY in data else None
        return row
