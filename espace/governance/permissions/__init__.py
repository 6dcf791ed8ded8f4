"""Who may read and write what this package keeps; the thing is the GEM's id."""

from espace.governance.permissions.autonomy import PERMISSIONS as AUTONOMY
from espace.governance.permissions.meetings import PERMISSIONS as MEETINGS
from espace.governance.permissions.money import PERMISSIONS as MONEY
from espace.governance.permissions.tasks import PERMISSIONS as TASKS
from espace.governance.permissions.votes import PERMISSIONS as VOTES

PERMISSIONS = {**AUTONOMY, **MEETINGS, **MONEY, **TASKS, **VOTES}
