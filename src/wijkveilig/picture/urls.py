"""Every path of the picture and of its data."""

from django.urls import path

from wijkveilig.picture import data_views, views

app_name = "picture"

urlpatterns = [
    path("beeld/", views.map_view, name="map"),
    path("beeld/tabel.csv", views.map_csv, name="csv"),
    path("beeld/zoek/", views.search, name="search"),
    path("beeld/aandacht/", views.method, name="method"),
    path("beeld/gebied/<str:code>/", views.area, name="area"),
    path("beeld/gebied/<str:code>/afdruk/", views.area_print, name="area_print"),
    path("beeld/indicator/<slug:indicator>/", views.indicator, name="indicator"),
    path("gegevens/", data_views.batches, name="data"),
    path("gegevens/toevoegen/", data_views.add, name="add"),
    path("gegevens/toevoegen/overnemen/", data_views.accept, name="accept"),
    path("gegevens/toevoegen/niet/", data_views.drop, name="drop"),
    path("gegevens/voortgang/", data_views.progress, name="progress"),
    path("gegevens/beeld-maken/", data_views.rebuild, name="rebuild"),
    path("gegevens/batch/<slug:batch>/", data_views.batch, name="batch"),
    path("gegevens/batch/<slug:batch>/terugdraaien/", data_views.withdraw, name="withdraw"),
]
