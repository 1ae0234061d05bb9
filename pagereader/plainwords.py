"""Plain words for the themes beside the programme's own (`vocabulary`): courts, tutors, contracts, surveys.

For each slug, weight by weight (see `vocabulary` for what a weight means), in the same notation.
"""

from __future__ import annotations

PLAIN: dict[str, dict[int, str]] = {
    "participation": {
        4: r"designed (?:by|with) (?:the |our |local )?(?:young people|children|parents|families"
        r"|care leavers)|asked (?:\w+ ){0,2}(?:young people|children|parents|families|pupils|carers) (?:what"
        r"|how|which|whether)"
        r"|you said,? we did|young (?:interviewers|recruiters|assessors|evaluators)",
        3: r"survey(?:ed|s|ing)? (?:of |with |for )?(?:\w+ ){0,2}(?:young people|children|parents|families"
        r"|care leavers)|what (?:young people|children|families|parents) (?:told us|want\w*|think|asked for)"
        r"|young people (?:chose|decided|interviewed|sat on)",
    },
    "criminal-justice": {
        4: r"youth courts?|magistrates?\w*|crown court|reparation|young offenders?|\bYOIs?\b|\bYJS\b|\bYOTs?\b|\bYJB\b"
        r"|out[- ]of[- ]court|remand(?:s|ed)?|police (?:custody|cells?)|appropriate adults?|referral orders?"
        r"|reparative",
        3: r"police officers?|bail|community orders?|cautions?|shoplift\w+|stop and search",
    },
    "education-training-employment": {
        4: r"attendance (?:officers?|team|at school|in school)|persistent(?:ly)? absen\w+|alternative provision"
        r"|designated teachers?|virtual head\w*",
        3: r"tutor(?:s|ed|ing)|suspensions?|school places?|school day|absen(?:ce|ces|t) from school|college (?:places?"
        r"|courses?)|reading age|headteachers?|permanent exclusions?",
        1: r"pupils?|teachers?|classrooms?|lessons|exams?|maths",
    },
    "workforce": {
        4: r"staff (?:turnover|recruitment|retention|supervision|induction)|recruit(?:ing|ment of) (?:and retaining )?"
        r"(?:\w+ )?(?:social workers|staff|practitioners)|social work (?:students?|apprentic\w+|recruitment|degree)"
        r"|induction (?:programme|week|offer) for (?:new )?(?:social workers|staff|workers|managers|starters)"
        r"|retain(?:ing)? (?:\w+ )?(?:social workers|staff|practitioners)",
        3: r"new starters|exit interviews?|agency (?:posts?|spend|rates?)|permanent (?:staff|social workers|workforce)"
        r"|frontline managers?|first[- ]line managers?|staff turnover|supervisors?",
        2: r"induction|turnover|team managers?",
    },
    "commissioning": {
        4: r"framework agreements?|shared services?|block contracts?|spot purchas\w+|block[- ]book\w*"
        r"|jointly (?:buy|bought"
        r"|purchas\w+|own(?:ed)?)|buy(?:ing)? together|market (?:management|shaping|position|engagement)|unit costs?",
        3: r"best value|weekly (?:fees?|prices?)|fee (?:rates?|uplifts?)|placement costs?|contract (?:management|price)"
        r"|contracts? with|one contract|providers? (?:market|forum|framework)",
        2: r"contracts?|providers",
    },
}
