"""The base classes of LIIA's desk: how each of its lists, forms and acts behaves. They know none of the apps."""

ADDRESSES = ("/admin/", "/accounts/")  # how they begin
