"""Addresses of this package."""

from django.urls import path

from espace.partners import views

app_name = "partners"
urlpatterns = [
    path("mon-territoire/", views.home, name="home"),
    path("mon-territoire/methode/", views.method, name="method"),
    path("mon-territoire/<str:place>/", views.territory, name="place"),
    path("mon-territoire/<str:place>/tableau.csv", views.as_csv, name="csv"),
    path("mon-territoire/<str:place>/tableau.xlsx", views.as_xlsx, name="xlsx"),
    path("mon-territoire/<str:place>/note.pdf", views.as_pdf, name="pdf"),
]
