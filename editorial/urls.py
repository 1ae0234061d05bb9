"""What an authority or a contact opens from a mail, and where a reader says that something is wrong."""

from django.urls import path

from editorial import views
from editorial.corrections import correction

urlpatterns = [
    path("sign-off/<str:secret>/", views.sign_off, name="sign_off"),
    path("contact-checks/<str:secret>/", views.contact_check, name="contact_check"),
    path("contact-checks/<str:secret>/no-more/", views.no_more_checks, name="no_more_checks"),
    path("new-addresses/<str:secret>/", views.new_address, name="new_address"),
    path("hand-overs/<str:secret>/", views.hand_over, name="hand_over"),
    path("submissions/<slug:slug>/correction/", correction, name="correction"),
]
