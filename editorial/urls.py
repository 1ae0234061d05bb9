"""What an authority or a contact opens from a mail, and where a reader says that something is wrong."""

urlpatterns = []
