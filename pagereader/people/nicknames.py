"""First names and the short forms people go by: Catherine is Kate, Katie or Cathy."""

from __future__ import annotations

from ..text.words import words_of

# Each line is one name: any two forms on it may stand for each other. Spellings of one form are parted by "/" as well.
FORMS = tuple(
    frozenset(line.split("/"))
    for line in words_of(
        """
        catherine/katherine/kathryn/kate/katie/kathy/cathy/cath/kath/kat/kitty elizabeth/elisabeth/liz/lizzie/beth/betty
        /libby/eliza william/bill/billy/will/willie/liam robert/bob/bobby/rob/robbie margaret/maggie/meg/peggy/marge
        alexander/alex/sandy/alec/al alexandra/alex/sandra/lexi michael/mike/mick/mickey christopher/chris/kit
        christine/chris/tina christina/chris/tina deborah/debbie/deb/debra anthony/antony/tony/ant susan/sue/suzy/susie
        suzanne/sue/suzy jennifer/jen/jenny patricia/pat/trish/tricia/patsy patrick/pat/paddy
        mohammed/mohamed/muhammad/mohammad/mo stephen/steven/steve stephanie/steph rebecca/becky/becca/bex
        james/jim/jamie/jimmy victoria/vicky/vicki/tori andrew/andy/drew alison/ali david/dave/davey gillian/gill/jill
        joseph/joe harold/harry henry/harry/hal john/jack/johnny amanda/mandy nicola/nikki/nicky nicholas/nick/nicky
        penelope/penny sarah/sally edward/ted/ed/eddie/ned terence/terry theresa/terry/tess jacqueline/jackie/jacqui
        julia/julie kimberley/kim frances/fran francesca/fran/frankie samantha/sam/sammy samuel/sam/sammy richard/rick
        /dick/rich/ricky thomas/tom/tommy timothy/tim matthew/matt daniel/dan/danny benjamin/ben jonathan/jon/jonny
        charles/charlie/chuck charlotte/charlie/lottie dorothy/dot/dottie philip/phillip/phil peter/pete gregory/greg
        geoffrey/geoff jeffrey/jeff kenneth/ken ronald/ron donald/don lawrence/laurence/larry/laurie simon/si
        valerie/val pamela/pam barbara/babs/barb natalie/nat natasha/tasha/nat gabrielle/gabby angela/angie
        isabel/isabella/izzy/bella josephine/jo/josie joanne/joanna/jo/jojo lesley/les leslie/les olivia/liv
        zachary/zac oluwaseun/seun abigail/abi/abby
        """.replace("\n        /", "/")
    )
)


def forms_of(name: str) -> frozenset[str]:
    """Every other form of a first name in lower case."""
    return frozenset().union(*(forms for forms in FORMS if name in forms)) - {name}
