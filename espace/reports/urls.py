"""Addresses of this package."""

from django.urls import path

from espace.reports.views import gem, national

app_name = "reports"
NATIONAL = "reseau/rapport-national/"
SHELF = "notre-gem/bilans/"
ONE = f"{SHELF}<slug:kind>/<int:year>/"
urlpatterns = [
    path(NATIONAL, national.report, name="national"),
    path(f"{NATIONAL}rapport.pdf", national.as_file, {"form": "pdf"}, name="national_pdf"),
    path(f"{NATIONAL}rapport.docx", national.as_file, {"form": "docx"}, name="national_docx"),
    path(f"{NATIONAL}tableaux.xlsx", national.as_file, {"form": "xlsx"}, name="national_xlsx"),
    path("reseau/bilans-passes/", national.past, name="past"),
    path("reseau/bilans-passes/<uuid:figure_id>/retirer/", national.forget, name="forget_past"),
    path(SHELF, gem.home, name="home"),
    path(f"{SHELF}photos/<uuid:photo_id>/", gem.photo, name="photo"),
    path(f"{SHELF}photos/<uuid:photo_id>/retirer/", gem.remove_photo, name="remove_photo"),
    path(ONE, gem.document, name="document"),
    path(f"{ONE}suite/", gem.gesture, name="gesture"),
    path(f"{ONE}signatures/", gem.signatures, name="signatures"),
    path(f"{ONE}repondre/", gem.reply, name="reply"),
    path(f"{ONE}document.pdf", gem.as_pdf, name="pdf"),
    path(f"{ONE}document.docx", gem.as_docx, name="docx"),
    path(f"{ONE}tableau.xlsx", gem.as_sheet, name="xlsx"),
    path(f"{ONE}accord.pdf", gem.slip, name="slip"),
    path(f"{ONE}parties/<slug:section>/", gem.section, name="section"),
    path(f"{ONE}parties/<slug:section>/photo/", gem.add_photo, name="add_photo"),
]
