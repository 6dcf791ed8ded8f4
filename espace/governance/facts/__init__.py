"""Facts owned by this package, as the indicator catalogue names them."""

from espace.governance.facts.meetings import ENTITIES as MEETINGS
from espace.governance.facts.money import ENTITIES as MONEY
from espace.governance.facts.tasks import ENTITIES as TASKS

ENTITIES = (*MEETINGS, *MONEY, *TASKS)
