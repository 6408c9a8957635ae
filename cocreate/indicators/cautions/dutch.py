"""Dutch phrases to be careful with, written by hand."""

from cocreate.indicators.cautions.phrase import Phrase

_NL = "nl"
# ruff: noqa: E501 (one phrase to a line reads best)
DUTCH = (
    Phrase(_NL, "eenzaam", "Wie dit leest, krijgt een stempel. Weinig mensen zeggen graag dat ze het zijn.", "Vraag naar wat iemand heeft en wil: “Hoeveel mensen kun je bellen?” en “Hoeveel zou je er willen?”", ("eenzaamheid",)),
    Phrase(_NL, "afstand tot de arbeidsmarkt", "Dit zegt hoe ver iemand van iets af staat dat anderen belangrijk vinden. Het zegt niet wat iemand doet of wil.", "Vraag wat iemand wil doen: “Wat zou je graag doen, betaald of niet?”"),
    Phrase(_NL, "hoogst haalbare", "Dit zegt vooraf dat iemand niet verder kan komen.", "Vraag wat iemand zelf wil: “Waar wil je naartoe?”", ("hoogsthaalbare", "hoogst haalbaar")),
    Phrase(_NL, "kwetsbaar", "Dit maakt mensen zwak. Vaak is de plek of de regel het probleem, niet de mens.", "Zeg wat er aan de hand is: “mensen die weinig hulp krijgen” of “straten zonder licht”."),
    Phrase(_NL, "doelgroep", "Zo praat je over mensen, en niet met ze.", "Noem wie je bedoelt: “jongeren van het plein”, of zeg “je”.", ("doelgroepen",)),
    Phrase(_NL, "zelfredzaam", "Dit klinkt alsof hulp vragen fout is.", "Vraag naar kiezen en naar hulp: “Kun je hulp krijgen als je dat wilt?”"),
    Phrase(_NL, "probleemjongere", "Dit zegt dat een jongere het probleem ís.", "Zeg wat er gebeurt, of zeg gewoon “jongere”.", ("probleemjongeren", "probleemjeugd")),
    Phrase(_NL, "achterstand", "Dit meet mensen aan anderen die vooraan zouden staan.", "Zeg wat er ontbreekt: “lessen”, “geld”, “een plek om te leren”.", ("achterstanden", "achterstandswijk", "achterstandswijken")),
    Phrase(_NL, "allochtoon", "Dit deelt mensen in naar waar hun ouders vandaan komen. Velen horen er “hoort er niet bij” in.", "Laat het weg. Doet het er echt toe, vraag dan welke taal iemand thuis spreekt.", ("allochtonen",)),
    Phrase(_NL, "autochtoon", "Dit hoort bij hetzelfde paar woorden dat mensen indeelt naar afkomst.", "Laat het weg, of vraag wat je echt wilt weten.", ("autochtonen",)),
    Phrase(_NL, "zwakkere", "Dit zet mensen onderaan.", "Zeg wat iemand nodig heeft of mist.", ("zwakkeren",)),
    Phrase(_NL, "kansarm", "Dit maakt van een gebrek aan kansen iets van de mens zelf.", "Zeg “die weinig kansen kregen”, of noem welke kans ontbreekt."),
    Phrase(_NL, "laagopgeleid", "Laag en hoog klinkt als minder en beter.", "Zeg “praktisch geschoold”, of vraag wat iemand kan.", ("laag opgeleid", "lager opgeleid", "lageropgeleid")),
    Phrase(_NL, "laaggeletterd", "Wie moeite heeft met lezen, schaamt zich daar vaak al voor.", "Vraag het anders: “Lukt het om brieven van de gemeente te lezen?”"),
    Phrase(_NL, "hangjongere", "Buiten zijn wordt hier iets verkeerds.", "Zeg “jongeren die buiten zijn”.", ("hangjongeren", "hangjeugd")),
    Phrase(_NL, "verwarde persoon", "Dit zegt niets over wat iemand meemaakt, en maakt anderen bang.", "Zeg “iemand die in de war is”, of vraag wat er nodig was.", ("verward persoon", "verwarde personen")),
    Phrase(_NL, "zorgmijder", "Soms past de hulp niet bij de mens. Dit geeft de mens de schuld.", "Vraag naar de hulp: “Paste de hulp bij jou?”"),
    Phrase(_NL, "onaangepast", "Wie bepaalt wat gewoon is?", "Beschrijf wat iemand doet, zonder oordeel."),
    Phrase(_NL, "draagkracht", "Dit is een woord van formulieren. Weinig mensen zeggen het zelf.", "Vraag: “Kun je het aan?” of “Heb je genoeg geld en tijd?”"),
    Phrase(_NL, "participeren", "Dit is taal van beleid.", "Zeg “meedoen”.", ("participatie", "participeert", "participeer")),
)  # fmt: skip
