"""Under what terms the data may be used, in one place for the data page, the files, the feed and the API."""

from spotlight.wording import ALLIANCE

NAME = "Open Government Licence v3.0"
ADDRESS = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
CREDIT = (
    f"Practice Spotlight, {ALLIANCE} (LIIA) and the London local authorities named in "
    f"each entry. Contains public sector information licensed under the {NAME}."
)
NOT_COVERED = [
    "Personal data. Who to call about an entry stands on the entry’s own page; no file holds an e-mail address.",
    "The words of children and young people that entries quote. Quote them whole, never add who said them, and ask "
    "LIIA before you use them in publicity.",
    "Photographs, films, logos and crests of authorities, partners and LIIA.",
    "Documents and pages of others that an entry links to. Their owners say what may be done with them.",
]
