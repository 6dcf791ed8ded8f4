"""Work of the background worker: what is too old goes, each day."""

from espace.core import daily
from espace.privacy.actions import retention

UNUSED_JOB = "privacy.forget_unused_accounts"
RULES_JOB = "privacy.keep_the_rules"


def forget_unused_accounts(day: str) -> None:
    """Tell, then erase, the accounts that nobody uses."""
    retention.forget_unused_accounts()
    retention.count_accounts()


def keep_the_rules(day: str) -> None:
    """Let go of what is too old."""
    retention.keep_the_rules()


def register() -> None:
    """Tell the worker about these jobs, done every day."""
    daily.register(UNUSED_JOB, forget_unused_accounts)
    daily.register(RULES_JOB, keep_the_rules)
