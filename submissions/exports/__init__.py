"""What readers take away: the list on screen as a file or feed, and the small tables beside it.

A `Table` says what its columns are; files, the data page, the API and its description are all drawn from that.
No row holds anybody's e-mail address.
"""
