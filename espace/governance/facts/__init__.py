"""Facts owned by this package, as the indicator catalogue names them."""

from espace.governance.facts.meetings import ENTITIES as MEETINGS

ENTITIES = (*MEETINGS,)
