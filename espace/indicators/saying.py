"""Figures as the pages say them: the sentence, its number apart, and a short form for tables."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from espace.indicators.catalogue_reading import Indicator
from espace.indicators.rules import STATES_FR, Measure, State, number_fr, sentence_fr

PLURAL_FROM = 2
PLURAL = re.compile(r"(?<!moi)s\b")
"""In French the plural begins at two: « 1,5 heure », but « 1 mois »."""
FIRST_NUMBER = re.compile(r"\d[\d\u202f]*(?:,\d+)?")


@dataclass(frozen=True)
class Saying:
    """A sentence in three pieces; ``figure`` is the number, empty when there is none to mark."""

    before: str
    figure: str
    after: str


def say(indicator: Indicator, measure: Measure) -> Saying:
    """Return the indicator's sentence for this measure; its name and value when it has none yet."""
    sentence = sentence_fr(indicator.sentence_fr, measure)
    if not sentence:
        return Saying(f"{indicator.label_fr} : {short(indicator, measure)}.", "", "")
    found = FIRST_NUMBER.search(sentence)
    if found is None:
        return Saying(sentence, "", "")
    return Saying(sentence[: found.start()], found.group(), sentence[found.end() :])


def short(indicator: Indicator, measure: Measure) -> str:
    """Return « 62 % », « 31 passages », « oui », or why there is no value (« sans prénoms »)."""
    if measure.value is None:
        return STATES_FR[measure.state]
    if isinstance(measure.value, bool):
        return _("oui") if measure.value else _("non")
    unit = indicator.unit.split(" (")[0]
    if abs(measure.value) < PLURAL_FROM:
        unit = PLURAL.sub("", unit)
    return f"{number_fr(measure.value)} {unit}"


def is_running(measure: Measure) -> bool:
    """True when the figure may still move: it is shown with « en cours »."""
    return measure.state is State.RUNNING
