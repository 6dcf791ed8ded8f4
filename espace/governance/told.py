"""How the journal tells what this package does."""

from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Matter
from espace.accounts.told import Told

MEETINGS = {
    "governance.add_point": Told(Matter.MEETINGS, _("Un point est entré dans un ordre du jour.")),
    "governance.cancel_meeting": Told(Matter.MEETINGS, _("a annulé une réunion.")),
    "governance.change_decision": Told(Matter.MEETINGS, _("a changé une décision.")),
    "governance.change_meeting": Told(Matter.MEETINGS, _("a changé une réunion.")),
    "governance.convene": Told(Matter.MEETINGS, _("a préparé une réunion.")),
    "governance.decide": Told(Matter.MEETINGS, _("a noté une décision.")),
    "governance.follow_decision": Told(Matter.MEETINGS, _("a dit où en est une décision.")),
    "governance.forget_presences": Told(
        Matter.MEETINGS, _("a effacé les prénoms d'une réunion ancienne. Les nombres restent.")
    ),
    "governance.note_presences": Told(Matter.MEETINGS, _("a noté qui était à une réunion.")),
    "governance.record_hands": Told(Matter.MEETINGS, _("a noté un vote à main levée.")),
    "governance.remove_decision": Told(Matter.MEETINGS, _("a retiré une décision.")),
    "governance.remove_point": Told(Matter.MEETINGS, _("a retiré un point d'un ordre du jour.")),
    "governance.restore_decision": Told(Matter.MEETINGS, _("a remis une décision.")),
    "governance.restore_meeting": Told(Matter.MEETINGS, _("a remis une réunion.")),
    "governance.send_letters": Told(Matter.MEETINGS, _("a envoyé une convocation par e-mail.")),
    "governance.share_minutes": Told(Matter.MEETINGS, _("a partagé un compte rendu.")),
    "governance.take_back_minutes": Told(Matter.MEETINGS, _("a repris un compte rendu.")),
    "governance.write_minutes": Told(Matter.MEETINGS, _("a écrit dans un compte rendu.")),
    "governance.write_statutes": Told(Matter.MEETINGS, _("a noté ce que disent les statuts.")),
}

MONEY = {
    "governance.add_budget_line": Told(Matter.MONEY, _("a écrit une ligne du budget.")),
    "governance.bring_budget": Told(Matter.MONEY, _("a apporté un budget dans un fichier.")),
    "governance.take_back_budget": Told(Matter.MONEY, _("a repris un budget apporté.")),
    "governance.change_budget_line": Told(Matter.MONEY, _("a changé une ligne du budget.")),
    "governance.remove_budget_line": Told(Matter.MONEY, _("a retiré une ligne du budget.")),
    "governance.note_moment": Told(Matter.MONEY, _("a noté une date du budget.")),
    "governance.promise_accounts": Told(Matter.MONEY, _("a noté des comptes promis.")),
    "governance.receive_accounts": Told(Matter.MONEY, _("a noté l'arrivée de comptes promis.")),
    "governance.add_cash_line": Told(Matter.MONEY, _("a écrit une ligne dans la caisse.")),
    "governance.cancel_cash_line": Told(Matter.MONEY, _("a annulé une ligne de la caisse.")),
    "governance.count_cash": Told(Matter.MONEY, _("a compté la caisse.")),
    "governance.keep_receipt": Told(Matter.MONEY, _("a gardé la photo d'un ticket.")),
    "governance.drop_receipt": Told(Matter.MONEY, _("a effacé la photo d'un ticket.")),
    "governance.settle_count": Told(Matter.MONEY, _("a noté un écart de caisse.")),
}

VOTES = {
    "governance.prepare_vote": Told(Matter.MEETINGS, _("a préparé un vote secret.")),
    "governance.drop_vote": Told(Matter.MEETINGS, _("a retiré un vote secret pas encore ouvert.")),
    "governance.open_vote": Told(Matter.MEETINGS, _("a ouvert un vote secret.")),
    "governance.print_voting_codes": Told(
        Matter.MEETINGS, _("a imprimé les codes d'un vote secret.")
    ),
    "governance.close_vote": Told(Matter.MEETINGS, _("a terminé un vote secret.")),
}

TASKS = {
    "governance.propose_tasks": Told(Matter.ROLES, _("a pris les fiches de tâches proposées.")),
    "governance.add_task": Told(Matter.ROLES, _("a ajouté une fiche de tâche.")),
    "governance.change_task": Told(Matter.ROLES, _("a changé une fiche de tâche.")),
    "governance.remove_task": Told(Matter.ROLES, _("a retiré une fiche de tâche.")),
    "governance.restore_task": Told(Matter.ROLES, _("a remis une fiche de tâche.")),
    "governance.take_task": Told(Matter.ROLES, _("a noté que quelqu'un prend une tâche.")),
    "governance.pass_task": Told(Matter.ROLES, _("a noté que quelqu'un passe une tâche.")),
    "governance.meet_deadline": Told(Matter.GEM, _("a dit si une échéance est faite.")),
}

AUTONOMY = {
    "governance.take_step": Told(Matter.GEM, _("a noté une étape vers l'autogestion.")),
    "governance.take_back_step": Told(Matter.GEM, _("a repris une étape vers l'autogestion.")),
    "governance.say_who_does_what": Told(Matter.GEM, _("a dit qui fait quoi au GEM.")),
}

TOLD = {**AUTONOMY, **MEETINGS, **MONEY, **TASKS, **VOTES}
