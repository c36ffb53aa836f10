"""Every room's paths, and what belongs to the installation."""

from django.urls import include, path

from wijkveilig.config import health

urlpatterns = [
    path("-/health", health.health, name="health"),
    path("-/ready", health.ready, name="ready"),
    path(".well-known/security.txt", health.security_txt, name="security_txt"),
    path("", include("wijkveilig.ui.urls")),
    path("", include("wijkveilig.people.urls")),
    path("", include("wijkveilig.picture.urls")),
]

handler400 = "wijkveilig.config.errors.bad_request"
handler403 = "wijkveilig.config.errors.forbidden"
handler404 = "wijkveilig.config.errors.not_found"
handler500 = "wijkveilig.config.errors.broken"
