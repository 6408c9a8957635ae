"""What people told in the example. All of it is made up."""

from cocreate.impacts.rules import Position, Realism
from cocreate.indicators.kinds import Agreement, AnswerKind, AnswerShape
from cocreate.indicators.rules import Decision, Direction
from cocreate.indicators.service.composing import Asked
from cocreate.trajectories.rules import GrowQuestion, NodeState

EMAIL = "facilitator@example.org"
NAME = "Onze buurt (voorbeeld)"
PURPOSE = (
    "Jong en oud in onze buurt. We vertellen wat er gebeurde, zeggen wat we willen bereiken, "
    "en tekenen hoe het ging. Alles hier is verzonnen: kijk rond en probeer het uit."
)
# ruff: noqa: E501 (one moment to a line reads best)
MOMENTS = [
    ("youth", "We namen de spelletjes mee naar binnen, en ineens zaten er elf oma's.", "Ze lachten niet om ons maar met ons.", "Het regende."),
    ("resident", "Niemand vroeg wat er mis was met mij. Ze vroegen wat ik wilde doen.", "Ik was weer gewoon iemand.", "Er was tijd."),
    ("professional", "Bij het derde bezoek had hij zijn haar gekamd.", "Het was klein, maar het was voor ons.", ""),
    ("youth", "Ik heb ze zelf gebeld.", "Dat durfde ik eerst niet.", "Mijn zus zat naast me."),
    ("policymaker", "Voor het eerst begreep ik waar de cijfers over gaan.", "", "We zaten aan dezelfde tafel."),
    ("resident", "Mijn buurvrouw weet nu hoe ik heet.", "We groeten elkaar op straat.", "De spelmiddag."),
]  # fmt: skip
IMPACTS = [
    ("youth", "Jong en oud kennen elkaar bij naam."),
    ("resident", "Iedereen heeft iemand om even bij aan te bellen."),
    ("professional", "Jongeren beslissen mee over het plein."),
]
STANCES = [
    (0, "resident", Position.FOR, ""),
    (0, "professional", Position.FOR, ""),
    (0, "policymaker", Position.OBJECTION, "Maak er niet weer een project van."),
    (1, "youth", Position.FOR, ""),
    (1, "policymaker", Position.DONT_KNOW, ""),
    (2, "youth", Position.FOR, "Het is ons plein."),
    (2, "resident", Position.OBJECTION, "Wij wonen er ook."),
]
# Of six more people of each voice: how many are for it, object, don't know; by impact.
CROWD = {
    "resident": ((6, 0, 0), (5, 0, 1), (2, 4, 0)),
    "youth": ((5, 1, 0), (4, 0, 2), (6, 0, 0)),
    "professional": ((5, 0, 1), (6, 0, 0), (5, 1, 0)),
    "policymaker": ((3, 2, 1), (5, 1, 0), (4, 1, 1)),
}
WORDINGS = [(1, "youth", "Niemand hoeft in zijn eentje te eten als hij dat niet wil.")]
REMARKS = [
    (0, "resident", "Bij naam kennen is een begin. Daarna komt de rest vanzelf."),
    (2, "policymaker", "Wat beslissen ze dan wel, en wat niet? Laten we dat eerlijk zeggen."),
]
REALISM = [
    (0, "professional", Realism.FAIR, "In de Lindelaan lukte het in een jaar."),
    (1, "policymaker", Realism.TOO_BIG, "Iedereen is veel. Beloof het niet."),
    (2, "youth", Realism.TOO_SMALL, "Meebeslissen mag best groter dan een plein."),
]
INDICATORS = [
    (0, "resident", "Mensen groeten elkaar op straat."),
    (0, "youth", "De oma's komen vanzelf."),
    (1, "resident", "Iemand vraagt om hulp zonder zich te schamen."),
    (1, "resident", "Bij elke voordeur staat een bankje met iemand erop."),
    (2, "youth", "Op het plein staat iets wat wij bedacht hebben."),
    (2, "youth", "Wij worden gebeld vóór er iets besloten is."),
    (1, "policymaker", "Minder mensen bellen het loket voor iets kleins."),
]
# By voice, in turn: which of these signs people want to start with.
CHOICES = {
    "resident": ((0, 2, 3), (0, 3), (0, 2)),
    "youth": ((4, 5), (1, 5), (0, 5, 4)),
    "professional": ((0, 2, 6), (0, 3, 2), (2, 3)),
    "policymaker": ((0, 6, 3), (0, 6), (6, 2)),
}
SEATS = 4
# By place among the signs: how its proposer asks it.
QUESTIONS = [
    (0, "Hoe vaak groette je vorige week iemand op straat?", AnswerShape(AnswerKind.COUNT, unit="keer per week", highest=200)),
    (2, "Hoeveel mensen kun je om hulp vragen, en hoeveel zou je er willen?", AnswerShape(AnswerKind.HAVE_AND_WISH, unit="mensen")),
]  # fmt: skip
TRYOUTS = [
    (0, "youth", Agreement.YES, "", 18),
    (0, "professional", Agreement.MORE_OR_LESS, "Telt zwaaien ook?", 24),
    (2, "youth", Agreement.YES, "Fijn dat er niet staat of je eenzaam bent.", 25),
]
SIGN_STANCES = [
    (0, "resident", Position.FOR, "Dit kan iedereen zien."),
    (0, "youth", Position.FOR, ""),
    (0, "professional", Position.DONT_KNOW, ""),
    (0, "policymaker", Position.OBJECTION, "Groeten is mooi, maar niet iedereen komt buiten."),
    (1, "resident", Position.FOR, ""),
    (1, "youth", Position.FOR, "Tellen maakt het stuk. Vertel het gewoon."),
    (1, "professional", Position.FOR, ""),
    (1, "policymaker", Position.FOR, ""),
    (2, "youth", Position.FOR, ""),
]
DECISIONS = [(0, Decision.MEASURE), (1, Decision.STORY)]
# What is measured: the question of a sign (by its place), and questions of their own.
MEASURED = "Ons plein, om te beginnen"
WHY = "We willen samen zien of jong en oud elkaar vaker ontmoeten. Daarom vragen we het nu, en over een tijdje weer."
ASKED = [
    Asked("Hoe thuis voel je je in deze buurt?", AnswerShape(AnswerKind.SCALE_0_10, ("helemaal niet", "helemaal"))),
    Asked("Hoe is het om hier 's avonds alleen over straat te gaan?", AnswerShape(AnswerKind.SMILEYS), 2),
    Asked("Hoeveel mensen kun je om hulp vragen, en hoeveel zou je er willen?", AnswerShape(AnswerKind.HAVE_AND_WISH, unit="mensen"), 1),
    Asked("Wat moet hier zo blijven?", AnswerShape(AnswerKind.OPEN)),
]  # fmt: skip
STAYS = ("De spelmiddag.", "Dat we elkaar groeten.", "De bomen op het plein.", "De koffie na het koken.")
# Small steps that people show: the goal, and the steps towards it, aside, or back.
GOALS = [
    ("resident", "Ik wil twee mensen in mijn straat bij naam kennen.", [
        ("Ik zei hallo bij de brievenbus.", Direction.TOWARDS),
        ("De bel was stuk. Ik ben naar de markt gegaan.", Direction.ASIDE),
        ("Fatima vroeg hoe ik heet.", Direction.TOWARDS),
    ]),
    ("youth", "Ik wil iets durven zeggen in een vergadering.", [
        ("Ik was erbij en zei niets.", Direction.BACK),
        ("Ik heb het van tevoren opgeschreven.", Direction.TOWARDS),
    ]),
]  # fmt: skip
ROAD = [
    # what, question, grows from (place in this list), state
    ("Voetbaldag op het plein", None, None, NodeState.PLANNED),
    ("Regen, en geen zaal", GrowQuestion.WHAT_HINDERED, 0, NodeState.HAPPENED),
    ("Toernooi met vier buurten", GrowQuestion.WHAT_NEXT, 0, NodeState.DROPPED),
    ("Spelletjes in het buurthuis", GrowQuestion.WHAT_NEXT, 1, NodeState.EMERGED),
    ("Elf oma's schuiven aan", GrowQuestion.WHAT_ELSE, 3, NodeState.EMERGED),
    ("De barvrouw zette koffie", GrowQuestion.WHAT_HELPED, 4, NodeState.HAPPENED),
    ("Elke donderdag samen koken", GrowQuestion.WHAT_NEXT, 4, NodeState.HAPPENED),
    ("Ze kennen ons nu", GrowQuestion.WHAT_MEANT, 6, NodeState.HAPPENED),
]
