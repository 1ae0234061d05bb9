"""What an authority or a contact opens from a mail, and where a reader says that something is wrong."""

from django.urls import path

from editorial import views

urlpatterns = [
    path("sign-off/<str:secret>/", views.sign_off, name="sign_off"),
]
