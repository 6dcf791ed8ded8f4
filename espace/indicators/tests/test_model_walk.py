"""The fact model, walked: each entity and field is filled from a page or by itself, or waits."""

from typing import Any

import yaml

from espace.core.facts import registered
from espace.indicators.catalogue_reading import CATALOGUE

# What waits for a package to come.
WAITING = {
    "diag_campaign": "the self-diagnosis",
    "diag_statement": "the self-diagnosis",
    "diag_answer": "the self-diagnosis",
    "plan_item": "the self-diagnosis",
    "resource": "the library",
    "resource_month": "the library",
    "thread_month": "the community",
    "assistant_month": "the assistant",
}


def model() -> dict[str, dict[str, Any]]:
    data = yaml.safe_load((CATALOGUE / "facts.yaml").read_text(encoding="utf-8"))
    return {one["entity"]: one for one in data["fact_model"]["entities"]}


def test_every_entity_and_field_of_the_model_has_its_facts_or_waits() -> None:
    kept = registered()
    entities = model()
    assert set(entities) - set(kept) == set(WAITING)
    missing = {
        f"{name}.{field}"
        for name, one in entities.items()
        if name in kept
        for field in one["fields"]
        if field not in kept[name].fields
    }
    assert missing == set()


def test_what_is_typed_by_hand_never_waits_for_long() -> None:
    """Of the five gestures of people, only the self-diagnosis is to come."""
    typed = {name for name, one in model().items() if one["gesture"] != "6 automatique"}
    assert typed & WAITING.keys() == {
        "diag_campaign", "diag_statement", "diag_answer", "plan_item",
    }  # fmt: skip
