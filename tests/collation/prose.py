"""Words to make prose of, and forms of words to plant in it; a list of its own, so that what is
planted owes nothing to the tables of the package."""

from __future__ import annotations

import random

__all__ = [
    "DIVIDED",
    "HYPHENATED",
    "MISREAD",
    "NUMERALS",
    "OTHER",
    "PHRASES",
    "SPELLINGS",
    "invented",
]


def _rows(text: str) -> list[str]:
    return [" ".join(row.split()) for row in text.split("|")]


_SUBJECTS = _rows(
    """
    the harbour board | our observers | the northern delegation | a second survey |
    every ferry captain | the island's council | two of the surveyors | the keeper of the light |
    most merchants | the new governor | a committee of fishermen | his deputy |
    the railway company | neither ministry | the coastal battery | several families |
    the customs office | an old treaty | the winter convoy | the water authority |
    foreign traders | the lower chamber | the engineers on the spot | their spokesman
    """
)
_VERBS = _rows(
    """
    has examined | will probably refuse | could not prevent | is preparing | had already lost |
    appears to want | openly supported | may still accept | was unable to repair |
    would rather postpone | intends to publish | never understood | is thought to control |
    has quietly abandoned | must soon replace | measured | expects | denied |
    continues to press for | has begun to count
    """
)
_OBJECTS = _rows(
    """
    the dredging of the channel | a loan on reasonable terms | its claim to the outer rocks |
    the tariff on dried fish | another season of storms | the evacuation of the valley |
    a bridge over the narrows | most of the coal reserves | the report of the inspectors |
    an increase of the garrison | complete control of the pass | the exchange of prisoners |
    the right of transit | a survey of the eastern marshes | the timetable of the night boats |
    supplies for the weather station | the election of a mayor | large stocks of timber |
    a joint patrol of the straits | the price of lamp oil
    """
)
_ENDS = _rows(
    """
    before the ice returns | without asking the assembly | as the ministers had feared |
    in spite of the drought | for reasons of prestige | after a long silence |
    if the roads remain open | because the treasury is empty | during the spring floods |
    under pressure from the south | although nobody believes it | within the next decade |
    at the expense of the villages | while the talks go on | as far as we can judge |
    on the advice of the pilots | contrary to earlier estimates | until the harvest is in |
    with the help of volunteers | despite the bishop's warning
    """
)
PHRASES = _rows(
    """
    in the opinion of nearly everyone | with considerable reluctance |
    largely through private channels | as recent letters confirm | notwithstanding the protests |
    at least for the moment | according to a reliable traveller | by means of small subsidies |
    and perhaps even earlier | rightly or wrongly
    """
)
#: Words that stand nowhere else.
OTHER = """
    obviously gigantic crimson velvet umbrella orchestral zebra quarrelsome philosophy kitchen
    nightingale upholstery jubilant whirlpool dragonfly marzipan elbow fiddle pumpkin
    quicksand lavender moustache acrobat tambourine bazaar gossamer
""".split()

# Two forms of one word: x=y.
SPELLINGS = _rows(
    """
    colour=color | behaviour=behavior | recognise=recognize | realisation=realization |
    metre=meter | fibre=fiber | offence=offense | cancelled=canceled | modelling=modeling |
    acknowledgement=acknowledgment | catalogue=catalog | paralysed=paralyzed |
    instalment=installment | skilful=skillful | inflexion=inflection | manoeuvres=maneuvers |
    encyclopaedia=encyclopedia | endeavour=endeavor | rumoured=rumored | sabre=saber |
    pretence=pretense | programmes=programs | greyish=grayish | enquiries=inquiries |
    ploughed=plowed | mouldy=moldy | sulphur=sulfur | vapour=vapor | régime=regime |
    façade=facade | débris=debris | minimise=minimize | civilisation=civilization |
    sombre=somber | signalling=signaling | marvellous=marvelous | harbours=harbors |
    sceptics=skeptics | afterwards=afterward | archaeology=archeology
    """
)
DIVIDED = _rows(
    """
    can not=cannot | any body=anybody | some where=somewhere | life boat=lifeboat |
    rail way=railway | over night=overnight | score board=scoreboard | here after=hereafter |
    mean while=meanwhile | news paper=newspaper | ware house=warehouse | light house=lighthouse |
    black smith=blacksmith | sea port=seaport | head quarters=headquarters
    """
)
HYPHENATED = _rows(
    """
    to-morrow=tomorrow | co-ordinated=coordinated | re-elected=reelected |
    semi-official=semiofficial | half-hearted=half hearted | well-informed=well informed |
    counter-attack=counterattack | sub-committee=subcommittee | pre-war=prewar |
    old-fashioned=old fashioned | post-office=post office | cross-roads=crossroads |
    second-rate=second rate | pro-government=progovernment | tug-boat=tugboat
    """
)
NUMERALS = _rows(
    """
    7=seven | 14=fourteen | 31=thirty-one | 68=sixty-eight | 200=two hundred | 4,500=4500 |
    12th=twelfth | 21st=twenty-first | XIV=14 | VII=7 | 40=forty | 1,250,000=1250000 |
    three-quarters=¾ | 90=ninety | 5th=fifth | 350=three hundred and fifty |
    6 million=6,000,000 | 18=eighteen | XXI=21 | 6000=six thousand
    """
)
#: What is read for what, by a machine.
MISREAD = (
    *(("m", "rn"), ("rn", "m"), ("e", "c"), ("l", "1"), ("i", "l"), ("h", "b"), ("w", "vv")),
    *(("d", "cl"), ("h", "li"), ("u", "ii"), ("o", "0"), ("a", "o"), ("n", "u"), ("I", "l")),
    *(("S", "5"), ("B", "8"), ("f", "t")),
)


def invented(rng: random.Random, paragraphs: int) -> list[str]:
    """Paragraphs of prose that nobody wrote."""

    def sentence() -> str:
        parts = [rng.choice(_SUBJECTS), rng.choice(_VERBS), rng.choice(_OBJECTS)]
        if rng.random() < 0.7:
            parts.append(rng.choice(_ENDS))
        if rng.random() < 0.3:
            parts.insert(0, rng.choice(PHRASES) + ",")
        text = " ".join(parts) + "."
        return text[0].upper() + text[1:]

    return [" ".join(sentence() for _ in range(rng.randint(3, 7))) for _ in range(paragraphs)]
