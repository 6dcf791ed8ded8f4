"""Work of the background worker on accounts."""

from espace.accounts import actions, drafts


def forget_ended_sessions(day: str) -> None:
    """Delete the sessions that ended by themselves: nothing else would."""
    actions.forget_ended_sessions()


def forget_old_forms(day: str) -> None:
    """Delete what people were typing a week ago and never sent."""
    drafts.forget_old()
