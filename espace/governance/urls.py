"""Addresses of this package."""

from django.urls import path

from espace.governance.views import (
    autonomy,
    budget,
    cash,
    decisions,
    fees,
    meetings,
    minutes,
    money,
    tasks,
    votes,
)

app_name = "governance"
ONE = "decider/reunions/<uuid:meeting_id>/"
DECISION = "decider/decisions/<uuid:decision_id>/"
MEETINGS = [
    path("decider/", meetings.home, name="decide"),
    path("decider/preparer/", meetings.prepare, name="prepare"),
    path("decider/statuts/", meetings.statutes, name="statutes"),
    path("decider/registre/", decisions.register, name="register"),
    path("decider/reunions/", meetings.all_meetings, name="meetings"),
    path(ONE, meetings.meeting, name="meeting"),
    path(f"{ONE}changer/", meetings.change, name="change_meeting"),
    path(f"{ONE}annuler/", meetings.cancel, name="cancel_meeting"),
    path(f"{ONE}encore/", meetings.prepare_second, name="prepare_second"),
    path(f"{ONE}points/<uuid:point_id>/retirer/", meetings.remove_point, name="remove_point"),
    path(f"{ONE}envoyer/", meetings.send, name="send_letter"),
    path(f"{ONE}convocation.pdf", meetings.letter, name="letter"),
    path(f"{ONE}affiche.pdf", meetings.poster, name="meeting_poster"),
    path(f"{ONE}presences/", minutes.presences, name="presences"),
    path(f"{ONE}emargement.pdf", minutes.signing_sheet, name="signing_sheet"),
    path(f"{ONE}presences/nombres/", minutes.counts, name="presence_counts"),
    path(f"{ONE}presences/pouvoirs/", minutes.proxies, name="proxies"),
    path(f"{ONE}compte-rendu/", minutes.minutes, name="minutes"),
    path(f"{ONE}compte-rendu.pdf", minutes.paper, name="minutes_paper"),
    path(f"{ONE}partager/", minutes.share, name="share_minutes"),
    path(f"{ONE}main-levee/", minutes.hands, name="hands"),
    path(f"{ONE}decision/", decisions.add, name="add_decision"),
    path(DECISION, decisions.decision, name="decision"),
    path(f"{DECISION}changer/", decisions.change, name="change_decision"),
    path(f"{DECISION}retirer/", decisions.remove, name="remove_decision"),
]
MONEY = [
    path("argent/", money.year, name="money"),
    path("argent/comptes.pdf", money.paper, name="money_paper"),
    path("argent/budget/", budget.lines, name="budget"),
    path("argent/budget/<int:year>/ajouter/", budget.add, name="add_budget_line"),
    path("argent/budget/<uuid:line_id>/", budget.change, name="budget_line"),
    path("argent/budget/<uuid:line_id>/retirer/", budget.remove, name="remove_budget_line"),
    path("argent/dates/", budget.dates, name="money_dates"),
    path("argent/dates/<uuid:promise_id>/recus/", budget.received, name="accounts_received"),
    path("argent/cotisations/", fees.fees, name="fees"),
    path(
        "argent/cotisations/<uuid:person_id>/<int:year>/reprendre/",
        fees.take_back,
        name="take_back_fee",
    ),
    path("argent/cotisations/<uuid:person_id>/<int:year>/recu.pdf", fees.slip, name="fee_slip"),
    path("argent/caisse/<uuid:cash_id>/ticket/", cash.receipt, name="receipt"),
    path("argent/caisse/<uuid:cash_id>/ticket/image/", cash.receipt_file, name="receipt_file"),
    path("argent/caisse/", cash.book, name="cash"),
    path("argent/caisse/compter/", cash.count, name="count_cash"),
    path("argent/caisse/comptes/<uuid:count_id>/noter/", cash.settle, name="settle_count"),
    path("argent/caisse/<uuid:cash_id>/annuler/", cash.cancel, name="cancel_cash"),
]
VOTE = "decider/votes/<uuid:vote_id>/"
VOTES = [
    path("decider/votes/", votes.all_votes, name="votes"),
    path("decider/votes/preparer/", votes.prepare, name="prepare_vote"),
    path(VOTE, votes.vote, name="vote"),
    path(f"{VOTE}ouvrir/", votes.open_box, name="open_vote"),
    path(f"{VOTE}retirer/", votes.drop, name="drop_vote"),
    path(f"{VOTE}bulletins.pdf", votes.ballots, name="vote_ballots"),
    path(f"{VOTE}codes.pdf", votes.codes, name="vote_codes"),
    path(f"{VOTE}papier/", votes.paper, name="vote_paper"),
    path(f"{VOTE}terminer/", votes.close, name="close_vote"),
    path(f"{VOTE}a-compter.pdf", votes.count, name="vote_count"),
    path("voter/", votes.by_code, name="ballot_by_code"),
]
TASK = "decider/taches/<uuid:task_id>/"
TASKS = [
    path("decider/taches/", tasks.all_tasks, name="tasks"),
    path("decider/taches/proposees/", tasks.propose, name="propose_tasks"),
    path("decider/taches/ajouter/", tasks.add, name="add_task"),
    path(TASK, tasks.task, name="task"),
    path(f"{TASK}changer/", tasks.change, name="change_task"),
    path(f"{TASK}retirer/", tasks.remove, name="remove_task"),
    path(f"{TASK}bouger/", tasks.move, name="move_task"),
    path("decider/calendrier/", tasks.calendar, name="calendar"),
]
AUTONOMY = [
    path("decider/autonomie/", autonomy.way, name="autonomy"),
    path("decider/autonomie/etape/<int:step>/", autonomy.step, name="autonomy_step"),
    path("decider/autonomie/qui-fait-quoi/", autonomy.who, name="who"),
    path("decider/autonomie/qui-fait-quoi/dire/", autonomy.say_who, name="say_who"),
    path("decider/autonomie/qui-fait-quoi.pdf", autonomy.who_paper, name="who_paper"),
]
urlpatterns = [*AUTONOMY, *MEETINGS, *VOTES, *TASKS, *MONEY]
