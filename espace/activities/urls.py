"""Addresses of this package."""

from django.urls import path

from espace.activities.views import (
    grid,
    ideas,
    months,
    paper,
    picks,
    poster,
    programme,
    signups,
    today,
)

app_name = "activities"
urlpatterns = [
    path("aujourdhui/", today.today, name="today"),
    path("aujourdhui/tenir/", today.hold, name="hold"),
    path("aujourdhui/ne-plus-tenir/", today.leave, name="leave"),
    path("aujourdhui/grille/", grid.grid, name="grid"),
    path("aujourdhui/<str:day>/", today.day_page, name="day"),
    path("aujourdhui/<str:day>/pointer/", today.tick, name="tick"),
    path("aujourdhui/<str:day>/compter/", today.count, name="count"),
    path("aujourdhui/<str:day>/nouvelle-personne/", today.newcomer, name="newcomer"),
    path("aujourdhui/<str:day>/personnes/", today.everyone, name="everyone"),
    path("aujourdhui/<str:day>/ouverture/", today.opening, name="opening"),
    path(
        "aujourdhui/<str:day>/activites/<uuid:activity_id>/",
        today.activity,
        name="activity_sheet",
    ),
    path("mois/<str:month>/", months.month, name="month"),
    path("programme/", programme.week, name="programme"),
    path("programme/ajouter/", programme.add, name="add_activity"),
    path("programme/ajouter-une-ouverture/", programme.add_opening, name="add_opening"),
    path("programme/activites/<uuid:activity_id>/", programme.activity, name="activity"),
    path(
        "programme/activites/<uuid:activity_id>/changer/",
        programme.change_activity,
        name="change_activity",
    ),
    path(
        "programme/activites/<uuid:activity_id>/annuler/",
        programme.cancel_activity,
        name="cancel_activity",
    ),
    path(
        "programme/activites/<uuid:activity_id>/remettre/",
        programme.restore_activity,
        name="restore_activity",
    ),
    path("programme/series/<uuid:series_id>/", programme.change_series, name="change_series"),
    path("programme/series/<uuid:series_id>/arreter/", programme.stop_series, name="stop_series"),
    path("programme/ouvertures/<uuid:slot_id>/", programme.change_slot, name="change_slot"),
    path("programme/idees/", ideas.box, name="ideas"),
    path("programme/idees/reprendre/", ideas.taken_back, name="idea_taken_back"),
    path("programme/idees/recopier/", ideas.from_paper, name="ideas_from_paper"),
    path("programme/idees/bulletins.pdf", ideas.slips_pdf, name="idea_slips"),
    path("programme/idees/lien/", ideas.link, name="idea_link"),
    path("programme/idees/lien/affiche.pdf", ideas.poster_pdf, name="idea_poster"),
    path("programme/idees/<uuid:idea_id>/plait/", ideas.like, name="like_idea"),
    path("programme/idees/<uuid:idea_id>/cacher/", ideas.hide, name="hide_idea"),
    path("programme/idees/<uuid:idea_id>/remettre/", ideas.put_back, name="put_back_idea"),
    path("programme/idees/<uuid:idea_id>/repondre/", picks.answer, name="answer_idea"),
    path("programme/idees/<uuid:idea_id>/retirer/", picks.undo, name="undo_pick"),
    path("programme/choisir/", picks.pick, name="pick_ideas"),
    path("programme/choisir/jours/", picks.place, name="place_ideas"),
    path(
        "programme/activites/<uuid:activity_id>/inscription/", signups.own_place, name="own_place"
    ),
    path("programme/activites/<uuid:activity_id>/inscrits/", signups.people, name="sign_up_list"),
    path(
        "programme/activites/<uuid:activity_id>/inscrits/liste.pdf",
        signups.sheet_pdf,
        name="sign_up_sheet",
    ),
    path("programme/affiche/", poster.page, name="poster"),
    path("programme/affiche.pdf", poster.pdf, name="poster_pdf"),
    path("idees/<str:token>/", ideas.by_link, name="idea_by_link"),
    path("idees/<str:token>/reprendre/", ideas.by_link_taken_back, name="idea_link_taken_back"),
    path("papier/semaine/", paper.week, name="paper_week"),
    path("papier/semaine/feuille.pdf", paper.week_pdf, name="paper_week_pdf"),
]
