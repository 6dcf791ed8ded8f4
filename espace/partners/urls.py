"""Addresses of this package."""

from django.urls import path

from espace.partners.views import reports, territory

app_name = "partners"
HOME = "mon-territoire/"
PLACE = f"{HOME}<str:place>/"
SENT = f"{HOME}recus/<uuid:version_id>/"
urlpatterns = [
    path(HOME, territory.home, name="home"),
    path(f"{HOME}methode/", territory.method, name="method"),
    path(f"{HOME}recus/", reports.inbox, name="inbox"),
    path(SENT, reports.document, name="document"),
    path(f"{SENT}bien-recu/", reports.receipt, name="receipt"),
    path(f"{SENT}question/", reports.question, name="question"),
    path(f"{SENT}document.pdf", reports.as_pdf, name="document_pdf"),
    path(f"{SENT}tableau.xlsx", reports.as_sheet, name="document_xlsx"),
    path(PLACE, territory.territory, name="place"),
    path(f"{PLACE}tableau.csv", territory.as_csv, name="csv"),
    path(f"{PLACE}tableau.xlsx", territory.as_xlsx, name="xlsx"),
    path(f"{PLACE}note.pdf", territory.as_pdf, name="pdf"),
    path(f"{PLACE}bilans/", reports.year, name="campaign"),
    path(f"{PLACE}bilans/bilans.xlsx", reports.tables, {"kind": "xlsx"}, name="campaign_xlsx"),
    path(f"{PLACE}bilans/bilans.csv", reports.tables, {"kind": "csv"}, name="campaign_csv"),
    path(f"{PLACE}bilans/notre-part/", reports.part, name="part"),
]
