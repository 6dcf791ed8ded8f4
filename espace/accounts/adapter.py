"""How django-allauth behaves in this house."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Nobody opens an account alone: a GEM invites, so that roles always come from the GEM."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
