"""The words by which an entry shows its themes: for each slug of themes.csv, patterns with a weight from 1 to 4.

Patterns are in lower case, but an abbreviation stands in capitals: "SEND" is no "send".
4: the theme is named. 3: hardly said of anything else. 2: usual in it. 1: a hint that counts only beside others.
"""

from __future__ import annotations

VOCABULARY: dict[str, tuple[tuple[int, str], ...]] = {
    "participation": (
        (
            4,
            r"participation (?:offer|team|strategy|work|officers?|activity|projects?|groups?|forum|network)"
            r"|co-?product\w*|co-?produc(?:ed|ing)|youth voice|voice of the (?:child|young person"
            r"|\w+ young people)|experts? by experience|young (?:commissioners|inspectors)|peer researchers?"
            r"|(?:involvement|participation) of (?:children|young people|parents)",
        ),
        (
            3,
            r"co-?design\w*|children in care council|care leavers?[’']? forum|youth (?:council|parliament|forum"
            r"|panel)|lived[- ]experience|young (?:advisors|trainers|ambassadors)"
            r"|peer research\w*|voices (?:heard|listened to)|listen(?:ed|ing) to (?:children|young people|parents)"
            r"|parents?[’']? (?:forum|panel)",
        ),
        (
            2,
            r"children[’']s rights|their voices?|young people[’']s (?:voices?|views)|(?:voice|views|wishes) (?:of"
            r"|and feelings)|shap(?:e|ed|ing) (?:services|the service|policy|future)|decision[- ]making|have (?:a"
            r"|their) say|consult(?:ed|ing|ation) with|youth[- ]led|led by (?:children|young people)|voted",
        ),
        (
            1,
            r"participat\w+|consultations?|representatives?|focus groups?|feedback from (?:young people|children"
            r"|parents)|empower\w*|advoca\w+",
        ),
    ),
    "housing": (
        (
            4,
            r"supported (?:housing|accommodation|lodgings)|semi-independent|housing[- ]related support"
            r"|accommodation with support|housing first|supply of (?:homes|housing)|homelessness",
        ),
        (
            3,
            r"accommodation|tenanc(?:y|ies)|hostels?|homeless|housing (?:association|department|partnership"
            r"|register|specialist|revenue|options?|pathway|team|management|need)s?|temporary accommodation"
            r"|landlords?|house project|evict\w+",
        ),
        (2, r"housing|rent arrears|move[- ]on|floating support|propert(?:y|ies)|placements? (?:cost|sufficiency)"),
        (1, r"bedrooms?|units|rent|furnish\w*"),
    ),
    "independent-living": (
        (
            4,
            r"independent living|independence skills|life skills|living skills|preparation for (?:adulthood"
            r"|independence)|prepar(?:e|ed|ing) for (?:adulthood|independent)",
        ),
        (
            3,
            r"budgeting|manag(?:e|ing) (?:a|their) tenanc\w+|driving lessons|digital (?:inclusion|access|skills)"
            r"|grocery shopping|learn(?:ing)? to cook|cooking|move on to live independently|live independently"
            r"|travel training",
        ),
        (
            2,
            r"transition (?:in)?to (?:an )?(?:independent )?adulthood|independently|independent adulthood"
            r"|practical skills|money management|independence",
        ),
        (1, r"essential life|tenancy sustainment|new skills"),
    ),
    "education-training-employment": (
        (
            4,
            r"apprentice(?:s|ships?)|internships?|education, employment and training"
            r"|education, training and employment|employment opportunities|employability|\bNEET\b|\bEET\b"
            r"|work experience|supported internships?",
        ),
        (
            3,
            r"interns?|virtual school|university|higher education|further education|attainment|school attendance"
            r"|exclusions? from school|school exclusions?|careers?|work[- ]ready|job (?:interviews?|searching"
            r"|coach)|personal education plans?|\bPEPs?\b|scholarships?|exam results|GCSEs?",
        ),
        (
            2,
            r"employers?|recruitment practices|qualification\w*|students?|coaching|colleges?|school[- ]readiness"
            r"|\bCVs?\b|vacanc(?:y|ies)|placements? in|paid (?:employment|role|work|opportunities)|tutoring"
            r"|literacy",
        ),
        (1, r"schools?|employment|learning|job|training opportunities"),
    ),
    "mental-health": (
        (
            4,
            r"mental health|emotional (?:well-?being|health)|\bCAMHS\b|therapeutic|psycholog(?:y|ical|ists?)"
            r"|psychotherap\w+",
        ),
        (
            3,
            r"trauma|clinicians?|clinical (?:team|interventions?|roles|support)|anxiety|depression|self-harm"
            r"|suicid\w+|counselling|therap(?:y|ists?)|bereavement",
        ),
        (2, r"well-?being|coping skills|resilience|stress|emotional(?:ly)? \w+|nurtur\w+"),
        (1, r"self-esteem|confidence|loneliness"),
    ),
    "health": (
        (
            4,
            r"physical activit(?:y|ies)|physical health|(?<!mental )health assessments?|healthy (?:lifestyles?"
            r"|eating|weight"
            r"|food)|dental|oral health|sexual health",
        ),
        (
            3,
            r"\bgyms?\b|fitness|swimming|\bGPs?\b|dentists?|nutriti\w+|exercis(?:e|es|ing)|active (?:lifestyle"
            r"|life)|immunisations?|health visit\w+|public health|nurses?|obesity|smoking|substance (?:misuse|use)",
        ),
        (2, r"healthy|sports?|leisure centres?|meals|toiletr\w+|physically|breastfeeding|speech and language"),
        (1, r"health|food"),
    ),
    "relationships": (
        (
            4,
            r"mentor(?:s|ing|ed|ship)|lifelong links?|life long links?|support networks?|peer (?:support|network"
            r"|mentor)\w*|befriending|networks for life|grandmentors?|family group conferenc\w+"
            r"|family network meetings?",
        ),
        (
            3,
            r"isolation|loneliness|lonel(?:y|ier)|keep(?:ing)? in touch|stay(?:ing)? in touch|reconnect\w*"
            r"|\(re\)connect|alumni|trusted adults?|family time|sibling (?:relationships|contact)"
            r"|sense of belonging|belonging|friendships?|restorative|lasting relationships|family hubs?"
            r"|kinship care(?:rs)?"
            r"|parenting (?:support|programmes?|groups?|courses?)|family support|edge of care",
        ),
        (
            2,
            r"relationships?|new friends|make friends|community of|connections?|reunif\w+|kinship|socialis\w+"
            r"|connect with|fathers?|dads?|parenting|stay(?:ed|ing)? together|stayed at home|constellations?",
        ),
        (1, r"forever family|family|networks?|together"),
    ),
    "leisure": (
        (
            4,
            r"leisure|celebrat\w+|festivals?|sports? (?:programme|activities|offer|clubs?)|social (?:activities"
            r"|events|sessions)|arts? (?:project|programme|activities)|holiday (?:activities|programme|club)",
        ),
        (
            3,
            r"\bBBQs?\b|trips?|outings?|parties|party|residentials?|music|singing|songs?|theatre|drama|dance"
            r"|podcast\w*|sing|gym|swimming|film[- ]?mak\w+|creative|games|camps?|day out",
        ),
        (
            2,
            r"events?|cook(?:ing)? (?:together|group|sessions?)|activities|fun|sports?|hobbies|clubs?|drop-in"
            r"|play(?:ing|work|day)?",
        ),
        (1, r"enjoy\w*|meals?|social"),
    ),
    "whole-council": (
        (
            4,
            r"whole[- ]council|corporate parent(?:s|ing)?|care leavers?[’']? covenant|protected characteristic"
            r"|local offer|council-wide|whole[- ]system",
        ),
        (
            3,
            r"elected members|councillors|full council|chief executive|lead member|cabinet member|across (?:the"
            r"|all) council|council departments?|ring-?fenced|council officers|members of the CPC|corporate board",
        ),
        (
            2,
            r"across (?:services|departments|the organisation)|senior (?:leaders|managers|management)|directors?"
            r"|directorates?|every department",
        ),
        (1, r"\bcouncil(?:[’']s)?\b"),
    ),
    "immigration": (
        (4, r"unaccompanied|\bUASC?\b|asylum[- ]seek\w+|asylum|immigration|refugees?|separated children"),
        (
            3,
            r"appeal rights|e-?visas?|age assessments?|home office|modern slavery|trafficked"
            r"|national transfer scheme|newly arrived",
        ),
        (2, r"\bESOL\b|interpreters?|status|interpretation"),
    ),
    "criminal-justice": (
        (
            4,
            r"prison|probation|youth justice|youth offending|resettlement|gangs?|exploitation"
            r"|contextual safeguarding|transitional safeguarding|custod(?:y|ial)|serious youth violence"
            r"|safeguarding (?:adolescents|children|partnership)|child protection",
        ),
        (
            3,
            r"offend(?:ing|ers?)|reoffend\w*|re-offend\w*|first[- ]time entrants|county lines|knife crime"
            r"|arrest\w*|court|diver(?:t|sion|ted)|missing (?:episodes?|children|from (?:home|care))|police"
            r"|extra-familial|domestic abuse|neglect|\bMASH\b|sexual abuse|criminal\w*|weapons?|violence",
        ),
        (2, r"victims?|risk of harm|crime|restorative justice|turnaround|harmful"),
        (1, r"safety|staying safe|safe"),
    ),
    "young-parents": (
        (
            4,
            r"young parents?|care leavers? who are (?:new )?parents|baby packs?|first[- ]time parents"
            r"|teenage (?:parents|pregnan\w+)|corporate grand\w+|parents?-to-be|new parents|pre-birth|expectant"
            r"|young (?:mothers?|mums?|dads|fathers)|parenthood|pause programme",
        ),
        (2, r"bab(?:y|ies)|pregnan\w+|births?|moses basket|mother[’']s day|father[’']s day|infants?|midwi\w+"),
    ),
    "workforce": (
        (
            4,
            r"workforce|train(?:ing)? (?:for|of) (?:staff|practitioners|social workers|carers|foster carers"
            r"|managers|employers|professionals|PAs)|training program(?:me)?|practice development"
            r"|recruitment and retention|practitioner training|social work academy|newly qualified|\bASYE\b"
            r"|professional development|upskill\w*|train(?:ed|ing) (?:\w+ ){0,3}(?:staff|practitioners"
            r"|social workers|foster carers|managers|professionals|employers)",
        ),
        (
            3,
            r"trainers?|reflective (?:supervision|practice|spaces?)|supervision|retention|agency (?:staff|workers?"
            r"|social workers?)|vacancy rates?|practice (?:model|framework|leads?|standards)|\bCPD\b"
            r"|systemic practice|learning culture|caseloads?|international(?:ly)? (?:recruit\w+|qualified)",
        ),
        (
            2,
            r"practitioners|co-facilitat\w+|foster carers? (?:recruitment|and training|training)"
            r"|facilitat\w+ training|audits?|workshops? for|learning and development|staff (?:training|wellbeing"
            r"|survey)|coaching for|consultation (?:to|with) (?:practitioners|social workers|PAs"
            r"|personal advis[eo]rs)",
        ),
        (1, r"training|staff"),
    ),
    "money": (
        (
            4,
            r"cost[- ]of[- ]living|grants?|vouchers?|prison packs?|baby packs?|suitcases?|welcome packs?"
            r"|essentials|food parcels?|savings accounts?|bursar(?:y|ies)|hardship|financial (?:support|help"
            r"|assistance|stability|entitlements|rights)|practical (?:help|support)|council tax|debt",
        ),
        (
            3,
            r"\bpacks\b|donat\w+|equipment|laptops?|devices|top-up|travelcards?|free (?:\w+ ){0,3}memberships?"
            r"|pantry|toiletries|clothing allowance|allowances?|benefits? (?:advice|maximisation|entitlement)"
            r"|poverty|household support fund|income",
        ),
        (2, r"finances?|savings|bedding|reimburse\w*|affordable|funds? of up to|money|furniture|starter"),
    ),
    "commissioning": (
        (
            4,
            r"commission(?:ed|ing|ers?)|pooled? (?:budget|fund)\w*|pooling|joint(?:ly)? (?:fund\w*|commission\w*)"
            r"|value for money|invest[- ]to[- ]save|cost savings?|spend avoidance|cost avoidance"
            r"|multi-?agency partnerships?",
        ),
        (
            3,
            r"multi-?agency|partnership (?:working|with|between|work|board)|procure\w+|tender\w*"
            r"|integrated (?:\w+ )?(?:team|service|care board)|\bICB\b|co-located|council(?:[’']s)? assets|assets"
            r"|social value|strategic partnership|memorandum|unit cost|framework contract|sufficiency|consortium"
            r"|pan-london|sub-regional|regional (?:\w+ )?(?:partnership|collaborat\w+|hub)|data[- ]sharing"
            r"|data (?:model|platform|dashboard|analytics|warehouse)|dashboards?",
        ),
        (
            2,
            r"cross-sector|average placement cost|joint working|collaborat\w+ (?:with|between)|voluntary sector"
            r"|partner agencies|savings for the council|business case|business intelligence",
        ),
        (1, r"partners|funding|budgets?|partnership"),
    ),
    "send": (
        (
            4,
            r"\bSEND?\b|special educational needs|\bEHCPs?\b|education,? (?:and )?health(?:,? and)? care plans?"
            r"|disab(?:led|ilit(?:y|ies))|autis(?:m|tic)|neurodiver\w+|short breaks|\bSENCOs?\b",
        ),
        (
            3,
            r"learning difficult\w+|\bADHD\b|inclusive education|specialist schools?|special schools?|sensory"
            r"|additional needs|annual reviews?|dyslexia",
        ),
        (2, r"ordinarily available|inclusion|mainstream schools?"),
    ),
    "identity": (
        (
            4,
            r"anti-?racis\w+|anti-oppressive|cultur(?:al|ally)|ethnicit\w+|heritage|faiths?|religio\w+"
            r"|black history|\bLGBT\w*|global majority|disproportionality",
        ),
        (
            3,
            r"\beid\b|diwali|lunar new year|ramadan|racism|ableism|identity|racial\w*|black (?:children|boys"
            r"|families|and)|divers(?:e|ity)|equity|inclusive culture",
        ),
        (2, r"\bcultures?\b|christmas|gender|belong\w*|life story|lifestory"),
    ),
}
