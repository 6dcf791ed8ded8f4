"""The catalogue's files: what FiGEM may change, and what is refused with its place."""

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.checks import run_checks

from espace.core.facts import Entity, FactType, Field, register, registered
from espace.core.facts import _entities as kept
from espace.groups.models import Gem
from espace.indicators.catalogue_reading import (
    CATALOGUE,
    Catalogue,
    CatalogueError,
    Fault,
    catalogue,
    read,
)
from espace.indicators.checks import registry_faults
from espace.indicators.living import THEMES
from espace.indicators.measures import computable, measure
from espace.indicators.rules import Measure, State, parse_period, sentence_fr
from espace.indicators.tests.little_gem import TODAY, make_little_gem
from espace.indicators.wording import steps_fr, viewers_fr

NEW = """
- code: OUV-11
  label_fr: Longues journées
  question_fr: Combien de fois ouvrons-nous quatre heures ou plus ?
  about: organisation
  pack: complet
  release: 2
  cnsa_ars: false
  unit: jours
  audience: [gem]
  definition:
    numerator: >-
      count_distinct(slot.date where slot.outcome = 'ouvert'
      and slot.hours >= 4 and slot.date in P)
    denominator: null
    factor: 1
    period: mois
    nulls: N0
  levels: [gem]
  rollup: none
  sensitivity: members
  k_profile: none
  direction: neutral
  sources: [S003]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, copy)
    return copy


def add(folder: Path, text: str) -> Path:
    """Append to the theme « ouverture », and return its file."""
    path = folder / "theme_ouv.yaml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return path


def faults(folder: Path) -> tuple[Fault, ...]:
    return read(folder)[1]


@pytest.mark.django_db
def test_figem_adds_an_indicator_by_editing_data(folder: Path) -> None:
    add(folder, NEW)
    gem = make_little_gem()
    march = parse_period("2024-03")
    found = measure(gem.pk, [march], ["OUV-11"], TODAY, catalogue(folder))["OUV-11", march]
    # The 4th, 6th, 11th, 20th and 27th.
    assert (found.value, found.state) == (5, State.OK)


def test_a_mistake_names_file_code_line_and_column(folder: Path) -> None:
    path = add(folder, NEW.replace("slot.hours >= 4", "slot.houres >= 4"))
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if "slot.houres" in text)
    column = lines[line - 1].index("slot.houres") + 1
    assert faults(folder) == (
        Fault("theme_ouv.yaml", "OUV-11", line, column, "unknown fact slot.houres"),
    )
    assert f"line {line}, column {column}: unknown fact slot.houres" in str(faults(folder)[0])
    with pytest.raises(CatalogueError):
        catalogue(folder)


@pytest.mark.parametrize("quote", ["'", '"', ""])
def test_the_place_is_right_whatever_the_yaml_style(folder: Path, quote: str) -> None:
    formula = "count(slot.id where slot.hours in P)"
    start = NEW.index("numerator: >-")
    end = NEW.index("    denominator:")
    path = add(folder, f"{NEW[:start]}numerator: {quote}{formula}{quote}\n{NEW[end:]}")
    lines = path.read_text(encoding="utf-8").splitlines()
    found = faults(folder)[0]
    assert lines[found.line - 1][found.column - 1 :].startswith("slot.hours in P")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("code: OUV-11", "code: OUV-01", "this code is already used"),
        ("code: OUV-11", "code: XXX-11", "unknown theme"),
        ("about: organisation", "about: personnes", "people or organisation is needed"),
        ("nulls: N0", "nulls: N9", "unknown null rule"),
        ("'ouvert'", "'open'", "unknown value 'open'"),
        ("denominator: null", "denominator: '{OUV-11}'", "OUV-11 needs its own result"),
    ],
)
def test_each_mistake_has_its_message(folder: Path, before: str, after: str, message: str) -> None:
    add(folder, NEW.replace(before, after, 1))
    assert message in [fault.message for fault in faults(folder)]


def test_a_file_that_is_not_yaml_is_told(folder: Path) -> None:
    add(folder, "\n- code: [OUV-11\n")
    found = faults(folder)
    assert len(found) == 1
    assert found[0].line > 1


def test_the_catalogue_and_the_facts_agree_at_start() -> None:
    assert [str(error) for error in run_checks() if "indicators" in str(error.id)] == []


def test_a_fact_outside_the_model_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        kept,
        "slot",
        Entity(
            "slot",
            Gem.objects.all,
            {
                "hours": Field(FactType.INT, "id"),
                "outcome": Field(FactType.ENUM, "slug", ("ouvert", "brule")),
                "noise": Field(FactType.INT, "id"),
            },
        ),
    )
    monkeypatch.setitem(kept, "weather", Entity("weather", Gem.objects.all))
    assert sorted(registry_faults(catalogue())) == [
        "'slot.hours' is a int, not a number.",
        "'slot.noise' is not in the fact model.",
        "'slot.outcome' holds unknown values: brule.",
        "The entity 'weather' is not in the fact model.",
    ]


def test_two_packages_cannot_own_one_fact() -> None:
    slot = registered()["slot"]
    register(slot)  # ready() may run twice
    with pytest.raises(Exception, match="'slot' is registered by"):
        register(Entity("slot", lambda: Gem.objects.all()))


def test_changes_since_the_first_version_are_written_down() -> None:
    text = (CATALOGUE / "base.yaml").read_text(encoding="utf-8")
    for code in ("ATT-07", "ATT-09", "BUD-11", "DEM-15", "ORI-02", "ORI-03", "ORI-04", "QUA-07"):
        assert f"subject: {code}\n" in text


@pytest.fixture
def found() -> Catalogue:
    return catalogue()


def test_every_figure_of_the_living_page_has_its_sentence(found: Catalogue) -> None:
    ready = computable()
    silent = [one.code for one in found.indicators.values()
        if one.code in ready and one.theme in THEMES.values() and not one.sentence_fr]  # fmt: skip
    assert silent == []


def test_sentences_are_short_and_complete(found: Catalogue) -> None:
    march = parse_period("2024-03")
    for one in found.indicators.values():
        for value, numerator, denominator in ((0, 0, 9), (1, 1, 9), (7, 7, 9)):
            if "other" not in one.sentence_fr:
                continue
            said = sentence_fr(
                one.sentence_fr,
                Measure(
                    one.code,
                    march,
                    Decimal(value),
                    Decimal(numerator),
                    Decimal(denominator),
                    None,
                    State.OK,
                ),
            )
            assert "{" not in said
            assert said.endswith(".")
            assert len(said.split()) <= 20


def test_every_computed_figure_is_explained_in_words(found: Catalogue) -> None:
    said = {code: " ".join(steps_fr(found, code)) for code in sorted(computable())}
    assert [code for code, text in said.items() if re.search(r"« [^»]*[a-z]\.[a-z]", text)] == []
    steps = [step for code in sorted(computable()) for step in steps_fr(found, code)]
    assert [step for step in steps if len(re.findall(r"[^\W\d_]{2,}", step)) > 20] == []


def test_words_of_a_formula(found: Catalogue) -> None:
    assert steps_fr(found, "ATT-01") == (
        "On prend le nombre de personnes différentes venues pendant la période.",
    )
    assert steps_fr(found, "ACT-06") == (
        "On prend le nombre d'activités faites, en ville, dans la nature ou dans un autre GEM,"
        " pendant la période.",
        "On divise par le nombre d'activités faites, dont on connaît le lieu, pendant la période.",
        "On multiplie par 100 pour avoir un pourcentage.",
        "On garde seulement les lignes qui ont une réponse.",
    )
    assert steps_fr(found, "ATT-11")[:2] == (
        "On prend le chiffre « Passages ».",
        "On enlève le chiffre « Passages », un an avant.",
    )
    assert steps_fr(found, "ATT-02")[:2] == (
        "On prend le nombre de passages avec un prénom pendant la période.",
        "Une personne compte une fois par jour.",
    )


def test_who_sees_a_figure(found: Catalogue) -> None:
    assert viewers_fr(found, found.indicators["ATT-08"]) == (
        "Les adhérents, les élus et les salariés du GEM seulement.",
    )
    assert viewers_fr(found, found.indicators["ATT-01"])[1:] == (
        "La fédération voit seulement un total de plusieurs GEM, à la publication nationale.",
        "Les partenaires voient seulement un total de plusieurs GEM, à la publication nationale.",
    )
    assert viewers_fr(found, found.indicators["OUV-01"])[1] == "La fédération voit ce chiffre."


def test_figures_of_people_are_told_from_figures_of_organisations(found: Catalogue) -> None:
    about = {one.code: one.about for one in found.indicators.values()}
    assert {about[c] for c in ("ATT-01", "ADH-01", "IMP-02", "DEM-05", "ADH-08")} == {"people"}
    assert {about[c] for c in ("OUV-01", "ACT-01", "BUD-01", "QUA-01", "USA-03")} == {
        "organisation"
    }
