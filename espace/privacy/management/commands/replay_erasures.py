"""After a backup is put back: erase again everyone who was erased since."""

from typing import Any

from django.core.management.base import BaseCommand

from espace.privacy.actions.erase import replay


class Command(BaseCommand):
    help = "Efface de nouveau les personnes effacées, après le retour d'une sauvegarde."

    def handle(self, *args: Any, **options: Any) -> None:
        found = replay()
        self.stdout.write(f"Personnes effacées de nouveau : {found}.")
