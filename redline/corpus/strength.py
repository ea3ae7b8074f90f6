"""Verbs of an estimate by how much they commit its writer, for softened and hardened revisions.

A small list, by hand. The three degrees follow how English grammars rank the modals of
likelihood (*can, may, might* possible; *should, would, ought to* probable; *will, must*, and the
plain statement, certain) and the verbs of belief beside them. A revision is *softened* when the
strongest word it added stands below the strongest it struck, *hardened* when it stands above.
"""

from __future__ import annotations

import re

__all__ = ["DEGREES", "degree", "strength_rows"]

#: Words by degree: 1 possible, 2 probable, 3 certain.
DEGREES = {
    1: """
may might can could possibly perhaps possible conceivably appears appear appeared seems seem
seemed suggests suggest suggested indicates indicate indicated suspect suspects suspected
""".split(),
    2: """
should would ought likely probably probable believe believes believed expect expects expected
estimate estimates estimated think thinks thought doubt doubts doubted unlikely consider
considers considered presumably apparently
""".split(),
    3: """
will shall must is are was were has have had certain certainly undoubtedly clearly obviously
know knows knew known conclude concludes concluded proves prove proved proven confirms confirm
confirmed shows show showed cannot definitely
""".split(),
}
_DEGREE = {word: degree for degree, words in DEGREES.items() for word in words}
_WORD = re.compile(r"[a-z]+")
#: A form of *to be* or *to have* that only helps a modal (may have been) says nothing itself.
_HELPERS = frozenset("is are was were has have had".split())


def degree(words: str) -> int | None:
    """The degree of a verb group: of its modal or verb of belief, else of its plain form.

    >>> degree("were"), degree("may have been"), degree("the harbour")
    (3, 1, None)
    """
    found = [_DEGREE[word] for word in _WORD.findall(words.lower())
             if word in _DEGREE and word not in _HELPERS]  # fmt: skip
    if found:
        return min(found)
    return 3 if _HELPERS & set(_WORD.findall(words.lower())) else None


def strength_rows() -> list[tuple[str, int, bool]]:
    """The list as rows: word, degree, whether it may be a mere helper."""
    return [(word, degree, word in _HELPERS) for word, degree in _DEGREE.items()]
