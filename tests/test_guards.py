"""The guards of conftest.py do catch what they are for."""

import socket
import warnings

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.urls import path

from conftest import forms_without_token, is_this_machine
from espace.groups.models import Gem
from espace.groups.tests.factories import make_gem


def bare_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<html><form method='post' action='/ici/'></form></html>")


urlpatterns = [path("formulaire/", bare_form)]


def test_a_form_without_its_token_is_seen() -> None:
    assert forms_without_token(b"<form method='POST' action='/a/'></form>") == ["/a/"]
    assert forms_without_token(b"<form method='get' action='/a/'></form>") == []
    token = b"<form method='post'><input type='hidden' name='csrfmiddlewaretoken'></form>"
    assert forms_without_token(token) == []


@pytest.mark.urls("tests.test_guards")
def test_asking_for_a_page_with_a_bare_form_fails() -> None:
    with pytest.raises(AssertionError, match="POST form without"):
        Client().get("/formulaire/")


def test_an_unknown_template_variable_fails() -> None:
    template = engines["django"].from_string("{{ nobody_sets_this }}")
    with pytest.raises(pytest.fail.Exception, match="nobody_sets_this"):
        template.render({})


@pytest.mark.django_db
def test_rows_without_an_order_come_in_another_order() -> None:
    for number in range(6):
        make_gem(name=f"GEM {number}")
    in_order = list(Gem.objects.order_by("pk"))
    assert sorted(Gem.objects.all(), key=lambda gem: gem.pk) == in_order
    orders = {tuple(gem.pk for gem in Gem.objects.all()) for _ in range(8)}
    assert len(orders) > 1
    assert list(Gem.objects.order_by("pk")) == in_order


def test_another_machine_cannot_be_reached() -> None:
    with (
        socket.socket() as reaching,
        pytest.raises(pytest.fail.Exception, match=r"192\.0\.2\.1"),
    ):
        reaching.connect(("192.0.2.1", 80))
    assert is_this_machine("localhost")
    assert not is_this_machine("exemple.test")


def test_a_warning_is_an_error() -> None:
    with pytest.raises(UserWarning):
        warnings.warn("anything", UserWarning, stacklevel=1)
