"""From what a reader typed to a `Query`."""

from dataclasses import replace
from itertools import combinations, islice, pairwise

from django.db.models import Exists, OuterRef

from boroughs.models import Borough
from submissions.models import Submission
from submissions.search.concepts import Concepts
from submissions.search.knowledge import knowledge
from submissions.search.query import Absent, Neighbour, Query
from submissions.search.reading import mended, read

STRONG = 0.69  # a concept this telling is in at most half of the entries
MOST_TRIES = 12  # questions to the engine, where no entry has everything


def understand(text, exact=False):
    """What a search asks for. `exact`: only the words typed, no synonyms, corrections or completions.

    Any text will do. Three to eight queries, fewer when the words were asked for before."""
    typed = read(text or "")
    if not typed.text:
        return Query()
    known = knowledge()
    spelled = [token.word for token in typed.tokens]
    known.look_up([*spelled, *typed.compounds.values(), *map("".join, pairwise(spelled))])
    mending = (typed.tokens, (), (), ()) if exact else mended(typed, known)
    tokens, completions, corrections, offers = mending
    concepts = Concepts(typed, known, exact)
    for phrase in typed.phrases:
        concepts.read_phrase(phrase)
    concepts.read(tokens)
    query = Query(
        text=typed.text,
        concepts=tuple(concepts.different),
        in_order=_in_order(concepts.found, completions),
        corrections=corrections,
        completions=completions,
        also_searched=tuple(concepts.also),
        boroughs=tuple(dict.fromkeys(concepts.boroughs)),
        themes=tuple(dict.fromkeys(concepts.themes)),
        ambiguous=tuple(dict.fromkeys(concepts.ambiguous)),
        absent=_absent(dict.fromkeys(place.slug for place in concepts.boroughs)),
        unknown=tuple(c.label for c in concepts.found if not _can_match(c, known) and c.label not in concepts.named),
        did_you_mean=offers,
        exact=exact,
    )
    return query if exact else _relaxed(query, typed, known)


def _in_order(concepts, completions):
    """The typed words side by side, for a higher place; not where a word was completed in many ways."""
    if completions or not concepts:
        return ()
    stems = tuple(stem for concept in concepts for stem in concept.typed[0].stems)
    return stems if 1 < len(stems) <= 8 else ()


def _can_match(concept, known):
    return any(all(known.entries[stem] for stem in way.stems) for way in (*concept.typed, *concept.also))


def _relaxed(query, typed, known):
    """Where no entry has everything, the query without the words that say least, if enough meaning is left.

    A word that no entry has is only given up in a sentence: among key words it is what the reader wants most."""
    concepts = query.concepts
    possible = [concept for concept in concepts if _can_match(concept, known)]
    missing = len(concepts) - len(possible)
    if len(concepts) < 3 or query.absent or (missing and not typed.is_sentence):
        return query
    if not missing and known.has_all(concepts):
        return query
    for rest in islice(_fewer(possible, concepts), MOST_TRIES):
        if known.has_all(rest):
            return _without(query, [concept for concept in concepts if concept not in rest])
    return query


def _fewer(possible, concepts):
    """The concepts with ever more of them left out, what says least first, as long as enough meaning is left."""
    least_first = sorted(possible, key=lambda concept: (concept.is_term, concept.telling))
    for size in range(len(possible), (len(concepts) - 1) // 2, -1):
        for dropped in combinations(least_first, len(possible) - size):
            rest = [concept for concept in possible if concept not in dropped]
            if _is_enough(rest):
                yield rest


def _is_enough(rest):
    """Two words of the trade, and one of them not in every other entry: what is left is still a question."""
    terms = [concept.telling for concept in rest if concept.is_term]
    return len(terms) >= 2 and max(terms) >= STRONG


def _without(query, dropped):
    concepts = tuple(concept for concept in query.concepts if concept not in dropped)
    labels = {concept.label for concept in dropped}
    also = tuple(pair for pair in query.also_searched if pair[0] not in labels)
    return replace(
        query,
        concepts=concepts,
        in_order=_in_order(concepts, query.completions),
        also_searched=also,
        left_out=tuple(concept.label for concept in dropped),
    )


def _absent(slugs):
    """The named boroughs that have no published entry, with those of their neighbours that have."""
    if not slugs:
        return ()
    entries = Submission.objects.published().filter(boroughs=OuterRef("pk"))
    missing = Borough.objects.filter(~Exists(entries), slug__in=list(slugs))
    return tuple(Absent(borough.slug, borough.name, _neighbours(borough)) for borough in missing)


def _neighbours(borough):
    counted = Borough.objects.filter(neighbours=borough).with_entry_counts().filter(entries__gt=0)
    return tuple(Neighbour(near.slug, near.name, near.entries) for near in counted)
