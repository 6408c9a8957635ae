"""English phrases to be careful with, written by hand."""

from cocreate.indicators.cautions.phrase import Phrase

_EN = "en"
# ruff: noqa: E501 (one phrase to a line reads best)
ENGLISH = (
    Phrase(_EN, "lonely", "Who reads this gets a label. Few people like to say that they are.", "Ask what somebody has and wishes: “How many people can you call?” and “How many would you like?”", ("loneliness",)),
    Phrase(_EN, "distance to the labour market", "This says how far somebody is from what others find important. It does not say what they do or want.", "Ask what somebody wants to do: “What would you like to do, paid or not?”", ("distance from the labour market", "distance to the labor market", "distance from the labor market")),
    Phrase(_EN, "highest achievable", "This says beforehand that somebody cannot go further.", "Ask what somebody wants: “Where do you want to go?”", ("highest attainable",)),
    Phrase(_EN, "vulnerable", "This makes people weak. Often the place or the rule is the problem, not the person.", "Say what is going on: “people who get little help” or “streets without light”.", ("vulnerability", "vulnerabilities")),
    Phrase(_EN, "target group", "This is talking about people, and not with them.", "Name who you mean: “young people on the square”, or say “you”."),
    Phrase(_EN, "self-reliant", "This sounds as if asking for help is wrong.", "Ask about choosing and help: “Can you get help when you want it?”", ("self reliance", "selfreliance", "self-sufficient", "self-sufficiency")),
    Phrase(_EN, "problem youth", "This says that a young person is the problem.", "Say what happens, or just say “young person”.", ("problem youngster", "troubled youth")),
    Phrase(_EN, "disadvantaged", "This measures people against others who would be in front.", "Say what is missing: “lessons”, “money”, “a place to learn”.", ("deprived", "underprivileged")),
    Phrase(_EN, "ethnic minority", "This sorts people by where their parents come from.", "Leave it out. If it really matters, ask which language somebody speaks at home.", ("ethnic minorities",)),
    Phrase(_EN, "hard to reach", "Often nobody came to them. This puts the blame on people.", "Say “people we have not met yet”."),
    Phrase(_EN, "low-skilled", "Low and high sound like less and better.", "Ask what somebody can do.", ("low skilled", "low-educated", "low educated", "poorly educated")),
    Phrase(_EN, "illiterate", "Who finds reading hard is often ashamed of it already.", "Ask it in another way: “Can you read letters from the council?”", ("illiteracy", "low literacy")),
    Phrase(_EN, "at risk", "This makes a person a danger, or a number in a forecast.", "Say what you are worried about, and ask whether it is so."),
    Phrase(_EN, "service user", "This makes a person of one thing: what they receive.", "Say “you”, or name who you mean."),
    Phrase(_EN, "non-compliant", "Sometimes the help does not fit. This puts the blame on the person.", "Ask about the help: “Did the help fit you?”", ("noncompliant", "service avoidant")),
    Phrase(_EN, "maladjusted", "Who says what is normal?", "Describe what somebody does, without judging.", ("antisocial",)),
    Phrase(_EN, "suffering from", "Somebody may have something without suffering from it.", "Say “who has”.", ("suffer from", "suffers from", "confined to a wheelchair", "wheelchair bound")),
    Phrase(_EN, "empowerment", "This is policy language. Few people say it themselves.", "Ask: “Can you decide about this yourself?”", ("empower",)),
    Phrase(_EN, "stakeholder", "This is policy language.", "Name who you mean."),
)  # fmt: skip
