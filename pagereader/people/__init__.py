"""Who is named on a page: authorities, contacts, teams and partners."""
