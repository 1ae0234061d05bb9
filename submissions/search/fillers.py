"""Words that carry a question and not its meaning. They are left out of a search that is put as a sentence."""

from submissions.search.stems import stem

_FILLERS = """
about above achieve achieved across actually advise after again all allow almost already also always am another
answer any anybody anyone anything anywhere around ask asked asking available away back based become been before
begin being best better big borough boroughs bring call came case cases cause certain change come comes common
could council councils currently day deal describe did different difference do does doing done dont during each
easier easy effective else enough ensure entries entry etc even ever every everybody everyone everything
everywhere example examples exist explain face far few find finding fine first follow found free from full
further gave general get gets getting give given gives giving go goes going gone good got great had handle
happen happened happens hard hello help helped helpful helping helps here hey hi how however idea ideas im
improve improved improves improving include including info information instead interested involve is issue
issues just keen keep kind know known lets let like list little london look looked looking lot lots made main
make makes making manage many may maybe me mean means might more most much must myself near need needed needing
needs never new nice no nobody none nothing now offer offered offering offers often ok okay once one ones only
or other others out over own particular people person persons place places please plus possible practice present
problem problems project projects provide provided provides providing put question quite rather read really
recent recommend regarding related result results run running said same say says search see seem seen service
services several shall share show shows similar since so some somebody someone something somewhere soon sort
start started still stuff submission submissions such suggest suggestions sure take takes taken taking talk tell
thank thanks that thing things think thought through time times together told tried try trying two under until
up use used useful uses using various very via want wanted wants way ways well went whatever whether while whole
whoever wish within without wonder wondering word words work worked works working worth would yes yet anyone's
everyone's there's here's what's who's where's how's
""".split()  # noqa: SIM905 (three hundred quotation marks help nobody)

FILLERS = frozenset(stem(word.replace("'", "")) for word in _FILLERS)


def is_filler(word):
    return stem(word) in FILLERS
