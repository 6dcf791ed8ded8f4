"""How the journal tells what this package does."""

from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Matter
from espace.accounts.told import Told

TOLD = {
    "activities.add_idea": Told(Matter.PROGRAMME, _("Une idée est entrée dans la boîte.")),
    "activities.answer_idea": Told(Matter.PROGRAMME, _("a répondu à une idée.")),
    "activities.close_idea_link": Told(Matter.PROGRAMME, _("a fermé l'adresse de la boîte.")),
    "activities.hide_idea": Told(Matter.PROGRAMME, _("a caché une idée.")),
    "activities.open_idea_link": Told(
        Matter.PROGRAMME, _("a ouvert l'adresse de la boîte à idées.")
    ),
    "activities.place_idea": Told(Matter.PROGRAMME, _("a mis une idée au programme.")),
    "activities.show_idea": Told(Matter.PROGRAMME, _("a remis une idée dans la boîte.")),
    "activities.take_back_idea": Told(Matter.PROGRAMME, _("Une idée est sortie de la boîte.")),
    "activities.undo_pick": Told(Matter.PROGRAMME, _("a retiré une idée du programme.")),
    "activities.sign_up": Told(Matter.PROGRAMME, _("a demandé une place.")),
    "activities.give_place_back": Told(Matter.PROGRAMME, _("a laissé sa place.")),
    "activities.set_on_list": Told(Matter.PROGRAMME, _("a changé une liste d'inscrits.")),
    "activities.move_places": Told(Matter.PROGRAMME, _("a gardé ou rendu une place sans prénom.")),
    "activities.add_imported_programme": Told(
        Matter.FILES, _("a ajouté un programme à partir d'un fichier.")
    ),
    "activities.undo_imported_programme": Told(
        Matter.FILES, _("a retiré un programme ajouté par un fichier.")
    ),
    "activities.add_activity": Told(Matter.PROGRAMME, _("a ajouté une activité.")),
    "activities.add_heads": Told(Matter.SHEET, _("a compté des personnes sans prénom.")),
    "activities.add_newcomer": Told(Matter.SHEET, _("a noté une nouvelle personne.")),
    "activities.add_opening": Told(Matter.PROGRAMME, _("a ajouté une ouverture.")),
    "activities.add_series": Told(Matter.PROGRAMME, _("a ajouté une activité qui revient.")),
    "activities.say_partner": Told(
        Matter.PROGRAMME, _("a dit avec quel partenaire se fait une activité.")
    ),
    "activities.cancel_activity": Told(Matter.PROGRAMME, _("a annulé une activité.")),
    "activities.change_activity": Told(Matter.PROGRAMME, _("a changé une activité.")),
    "activities.change_series": Told(Matter.PROGRAMME, _("a changé une activité qui revient.")),
    "activities.change_slot": Told(Matter.PROGRAMME, _("a changé une ouverture.")),
    "activities.finish_month": Told(Matter.SHEET, _("a dit qu'un mois est fini.")),
    "activities.fill_month_card": Told(Matter.SHEET, _("a rempli la fiche d'un mois.")),
    "activities.choose_tensions": Told(
        Matter.SHEET, _("a noté ce que la réunion veut pour les tensions.")
    ),
    "activities.say_minutes": Told(Matter.SHEET, _("a dit le temps passé à noter un mois.")),
    "activities.fold_names": Told(
        Matter.SHEET, _("a effacé les prénoms d'un mois ancien. Les nombres restent.")
    ),
    "activities.follow_opening_hours": Told(
        Matter.PROGRAMME, _("a mis les ouvertures d'accord avec les horaires.")
    ),
    "activities.hold_the_place": Told(Matter.SHEET, _("a dit : je tiens le GEM.")),
    "activities.leave_the_place": Told(Matter.SHEET, _("a dit : je ne tiens plus le GEM.")),
    "activities.open_unplanned": Told(Matter.SHEET, _("a noté une ouverture en plus.")),
    "activities.plan_ahead": Told(Matter.PROGRAMME, _("a préparé les semaines à venir.")),
    "activities.print_week": Told(Matter.OPENED, _("a imprimé une feuille de semaine.")),
    "activities.record_activity_presence": Told(
        Matter.SHEET, _("a coché des présences à une activité.")
    ),
    "activities.record_presence": Told(Matter.SHEET, _("a coché des présences.")),
    "activities.remove_activity": Told(Matter.PROGRAMME, _("a enlevé une activité.")),
    "activities.make_calendar_link": Told(Matter.PROGRAMME, _("a créé le lien du calendrier.")),
    "activities.renew_calendar_link": Told(Matter.PROGRAMME, _("a changé le lien du calendrier.")),
    "activities.reopen_month": Told(Matter.SHEET, _("a ouvert de nouveau un mois fini.")),
    "activities.restore_activity": Told(Matter.PROGRAMME, _("a remis une activité annulée.")),
    "activities.save_sheet": Told(Matter.SHEET, _("a recopié une feuille de présence.")),
    "activities.say_outcome": Told(Matter.SHEET, _("a dit si le GEM était ouvert.")),
    "activities.stop_series": Told(Matter.PROGRAMME, _("a arrêté une activité qui revient.")),
}
