"""The words of a return code: 256, so that each is worth exactly eight bits."""

# Short, concrete, friendly Dutch words that nobody has to be ashamed of on paper. The first four letters tell
# them apart and no two are one slip of the pen from each other. Only the hash of a
# code is kept, so a word that leaves this list makes every paper that holds it useless: never change it.
WORDS: tuple[str, ...] = tuple(
    """
    aardbei album ananas anker appel atlas auto bakker balkon bamboe banaan beer berg bezem bij blad
    bloem blok boek bord bos boter brief brood brug buffel cactus camera circus cirkel dak dans deeg
    deken deur dijk dolfijn domino dorp douche draad druppel eend egel eiland ekster emmer feest fiets
    film flat fles fluit fontein foto gebak gember gieter giraf gitaar glas golf gordijn halte hamster
    haven helm herfst heuvel hond honing hooi hotel iglo ijs inkt jurk kabel kachel kamer kaneel karton
    kasteel kat kelder kermis kers ketel keuken kiezel kikker kip kiwi klaver klei klomp knoop koffie
    kompas konijn kool krant krekel krijt kruimel kubus laars ladder lade lamp laptop leeuw lente lepel
    letter lift lijm maan magneet mango mantel map markt melk meloen mier molen mossel mosterd mouw muis
    museum muur muziek naald nest noot oceaan olie olifant otter paard pad paleis palm panda papier
    paprika parel park pasta pauw pen peper perzik piano piloot plant pluim pompoen pony poort poster
    potlood prei puzzel raam regen reiger rijst ring rits rivier robot roos rozijn rugzak ruit rups
    salade schaap schelp schip school sjaal slak slee sneeuw soep spiegel spijker spons steen stempel
    stift stoel stok storm straat suiker taart tafel tapijt tas tennis tent thee tijger tomaat toren
    trap trein trommel trui tuin tulp tunnel uil vaas veld verf veter vijver viool vis vlieger vlinder
    vloer vogel vork vriend wagen walnoot wasbeer water weide wiel wilg wind winkel winter wolk wortel
    zadel zand zebra zeehond zeep zeil zilver zolder zomer zon zwaan zwaluw zwembad
    """.split()  # noqa: SIM905
)
