"""Components as a page uses them: fields, errors, icons, permission, menu, parts."""

from types import SimpleNamespace

import pytest
from django import forms
from django.http import HttpRequest
from django.template import engines
from django.test import Client, RequestFactory

from espace.ui import gate, menu, respond


def draw(source: str, **context: object) -> str:
    return engines["django"].from_string("{% load ui %}" + source).render(context)


class Form(forms.Form):
    first_name = forms.CharField(
        label="Prénom", help_text="Un surnom suffit.", error_messages={"required": "Il manque."}
    )
    moment = forms.ChoiceField(label="Quand", choices=[("m", "Matin")], widget=forms.RadioSelect)
    ready = forms.BooleanField(label="Prêt", required=False)


def test_a_field_ties_label_help_and_error_to_its_widget():
    form = Form({})
    text = draw("{% field form.first_name %}", form=form)
    assert 'for="id_first_name"' in text
    widget = text[text.index("<input") :]
    for part in ("id_first_name_helptext", "id_first_name_error", 'aria-invalid="true"'):
        assert part in widget
    assert 'id="id_first_name_error"' in text
    assert "Il manque." in text


def test_choices_are_a_group_with_a_legend():
    text = draw("{% field form.moment %}", form=Form({}))
    assert "<fieldset" in text
    assert "<legend>Quand" in text
    assert 'for="id_moment_0"' in text


def test_a_tick_has_its_words_beside_it():
    text = draw("{% field form.ready %}", form=Form())
    assert text.index("<input") < text.index("Prêt")


def test_the_summary_of_errors_takes_focus_and_leads_to_each_field():
    text = draw("{% form_errors form %}", form=Form({}))
    assert "autofocus" in text
    assert 'href="#id_first_name"' in text
    assert 'href="#id_moment_0"' in text
    assert (
        draw("{% form_errors form %}", form=Form({"first_name": "A", "moment": "m"})).strip() == ""
    )


def test_an_icon_is_hidden_from_screen_readers_and_an_unknown_one_is_refused():
    assert 'aria-hidden="true"' in draw("{% icon 'check' %}")
    with pytest.raises(KeyError):
        draw("{% icon 'dragon' %}")


def test_a_person_s_words_never_become_code():
    form = Form({"first_name": "<script>", "moment": "<b>"})
    text = draw(
        "{% form_errors form %}{% field form.first_name %}{% field form.moment %}", form=form
    )
    assert "<script>" not in text
    assert "<b>" not in text


def test_can_asks_the_permission_table():
    actor = SimpleNamespace(known=True)
    before = gate._test
    gate.use(lambda who, name, thing: who is actor and name == "open" and thing == 3)
    try:
        source = "{% can 'open' 3 as yes %}{% can 'shut' 3 as no %}{{ yes }} {{ no }}"
        assert draw(source, actor=actor) == "True False"
    finally:
        gate.use(before)


def test_the_permission_table_is_plugged_in():
    with pytest.raises(KeyError):
        gate.allows(SimpleNamespace(), "nothing.of_the_kind")


@pytest.fixture
def entries():
    kept = dict(menu._entries)
    menu._entries.clear()
    yield
    menu._entries.clear()
    menu._entries.update(kept)


@pytest.mark.usefixtures("entries")
def test_the_menu_keeps_its_order_and_says_where_one_is():
    menu.register(menu.MenuEntry("b", "Aide", "help", "public:help", 20, lambda actor: True))
    menu.register(menu.MenuEntry("a", "Urgence", "phone", "public:crisis", 10, lambda actor: True))
    menu.register(menu.MenuEntry("c", "Fermé", "lock", "public:legal", 30, lambda actor: False))
    drawn = menu.links(None, "/aide/")
    assert [(link.label, link.current) for link in drawn] == [("Urgence", ""), ("Aide", "page")]
    assert menu.links(None, "/aide/plus/")[1].current == "true"


@pytest.mark.usefixtures("entries")
def test_a_sixth_entry_is_refused():
    def add(number: int) -> None:
        menu.register(menu.MenuEntry(str(number), "x", "help", "public:help", 1, bool))

    for number in range(menu.MOST_ENTRIES):
        add(number)
    with pytest.raises(ValueError, match="5"):
        add(6)


def ask(**headers: str) -> HttpRequest:
    request = RequestFactory().get("/aide/", headers=headers)
    request.actor = SimpleNamespace(is_known=False, place="", account_id=None)
    return request


@pytest.mark.parametrize(
    ("headers", "whole"),
    [
        ({}, True),
        ({"HX-Request": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, True),
    ],
)
def test_htmx_gets_a_part_and_others_the_whole_page(headers, whole):
    answer = respond(ask(**headers), "public/help.html", "ui/frame/mark.html", {}, status=422)
    assert ("<html" in answer.content.decode()) is whole
    assert answer.status_code == 422
    assert "HX-Request" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "path",
    ["/style/", *(f"/style/{name}/" for name in ("formulaires", "feuille", "chiffres", "icones"))],
)
@pytest.mark.parametrize("theme", ["light", "dark", "cream", "contrast"])
def test_the_living_page_shows_each_component_in_each_theme(path, theme, client: Client):
    text = client.get(path, {"theme": theme}).content.decode()
    assert f'data-theme="{theme}"' in text


def test_the_living_page_has_no_other_family(client: Client):
    assert client.get("/style/licornes/").status_code == 404
