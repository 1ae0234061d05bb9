"""Partners parted as a reader would part them."""

from __future__ import annotations

import pytest

from pagereader.people.partners import partners_from, team_from
from pagereader.text.lines import lines_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Barnardo’s", ["Barnardo’s"]),
        ("Barnardo’s.", ["Barnardo’s"]),
        ("Barnardo’s and Transform Housing", ["Barnardo’s", "Transform Housing"]),
        ("Evolve Housing + Support", ["Evolve Housing + Support"]),
        ("Family and Friends", ["Family and Friends"]),
        ("Health and Social Care", ["Health and Social Care"]),
        ("Police and Probation", ["Police", "Probation"]),
        ("Sport & Leisure", ["Sport & Leisure"]),
        ("Children Looked After and Leaving Care Team", ["Children Looked After and Leaving Care Team"]),
        ("Virtual School and Leaving Care Team", ["Virtual School", "Leaving Care Team"]),
        ("Housing, Health and Social Care", ["Housing", "Health and Social Care"]),
        ("Centrepoint, Housing and Public Health", ["Centrepoint", "Housing", "Public Health"]),
        ("Centrepoint, Depaul UK, and Juvenis.", ["Centrepoint", "Depaul UK", "Juvenis"]),
        ("Centrepoint, and Family and Friends", ["Centrepoint", "Family and Friends"]),
        ("Centrepoint; Depaul UK; MAC-UK; and Juvenis.", ["Centrepoint", "Depaul UK", "MAC-UK", "Juvenis"]),
        ("Met Police; Health, Education; Housing", ["Met Police", "Health, Education", "Housing"]),
        ("Police / Health / Schools", ["Police", "Health", "Schools"]),
        ("NHS partners (CAMHS, Oxleas and GPs), Mind", ["NHS partners (CAMHS, Oxleas and GPs)", "Mind"]),
        ("Guy’s and St Thomas’ NHS Foundation Trust, Mencap", ["Guy’s and St Thomas’ NHS Foundation Trust", "Mencap"]),
        ("South London and Maudsley NHS Trust", ["South London and Maudsley NHS Trust"]),
        ("Hammersmith and Fulham Council and Coram", ["Hammersmith and Fulham Council", "Coram"]),
        ("Parents and carers, Contact and KIDS", ["Parents and carers", "Contact", "KIDS"]),
        (
            "• Coram\n• Family Action\n• Housing and Homelessness Service",
            ["Coram", "Family Action", "Housing and Homelessness Service"],
        ),
        ("Coram\nFamily Action\nMind", ["Coram", "Family Action", "Mind"]),
        ("Coram,\nFamily Action and\nMind", ["Coram", "Family Action", "Mind"]),
        ("N/A", []),
        ("None", []),
        ("Mind, Mind", ["Mind"]),
        ("Camden Learning Ltd.", ["Camden Learning Ltd."]),
        ("Voluntary and community sector", ["Voluntary and community sector"]),
        (
            "Speech and Language Therapy, Education and Training Board",
            ["Speech and Language Therapy", "Education and Training Board"],
        ),
    ],
)
def test_partners(text, expected):
    assert list(partners_from(lines_of(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leaving Care Team,", "Leaving Care Team"),
        ("Participation Team – Care Experience young adults", "Participation Team – Care Experience young adults"),
        ("• Virtual School\n• Leaving Care", "Virtual School; Leaving Care"),
        ("Fostering Entertainments\nCommittee", "Fostering Entertainments; Committee"),
        ("Children’s Rights and\nParticipation Team", "Children’s Rights and Participation Team"),
    ],
)
def test_team(text, expected):
    assert team_from(lines_of(text)) == expected
