"""Every path of the look on one screen."""

from django.urls import path

from wijkveilig.ui import views

app_name = "ui"

urlpatterns = [
    path("", views.home, name="home"),
    path("taal/", views.language, name="language"),
    path("weergave/", views.appearance, name="appearance"),
    path("over/toegankelijkheid/", views.accessibility, name="accessibility"),
    path("over/privacy/", views.privacy, name="privacy"),
]
