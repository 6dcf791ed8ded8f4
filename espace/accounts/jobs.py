"""Work of the background worker on accounts."""

from espace.accounts import actions


def forget_ended_sessions(day: str) -> None:
    """Delete the sessions that ended by themselves: nothing else would."""
    actions.forget_ended_sessions()
