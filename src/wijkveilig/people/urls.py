"""Every path of people on one screen."""

from django.urls import path

from wijkveilig.people import views

app_name = "people"
urlpatterns = [
    path("inloggen/", views.sign_in, name="sign_in"),
    path("uitloggen/", views.sign_out, name="sign_out"),
    path("rol/", views.choose_role, name="choose_role"),
    path("wachtwoord/", views.password, name="password"),
    path("begin/", views.begin, name="begin"),
    path("beheer/rollen/", views.roles, name="roles"),
    path("beheer/mensen/", views.people, name="people"),
    path("beheer/mensen/rol/<int:assignment_id>/beeindigen/", views.end_role, name="end_role"),
    path("beheer/demo/", views.demo_day, name="demo_day"),
]
