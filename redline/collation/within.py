"""Where two wordings differ, letter by letter: for showing a change within words."""

from __future__ import annotations

from redline.collation.gaps import Gap
from redline.collation.units import units

__all__ = ["MOST", "letters"]

#: Wordings of more characters, taken together, are shown whole.
MOST = 400
#: The first of a row of code points of one class, without surrogates; longer than `MOST`.
_FIRST = 0x4E00


def letters(x: str, y: str) -> tuple[Gap, ...]:
    """The letters in which two wordings differ; all of both where they are long or most differs.

    A longest common subsequence is not what a reader wants here: of `were` and `may have been`
    it keeps two stray e, and the eye finds no word. diff-match-patch gives up such coincidences
    (its semantic cleanup), so that what is shown as the same is worth reading. What readers take
    for one letter (a grapheme) is one: each is made a code point, no surrogate among them, which
    the library would stumble over. Its clock is switched off: the bound on the length serves.
    """
    if x == y:
        return ()
    if not x or not y or len(x) + len(y) > MOST:
        return (Gap(0, len(x), 0, len(y)),)
    from diff_match_patch import diff_match_patch  # type: ignore[import-untyped]

    names: dict[str, str] = {}
    coded = ["".join(_coded(text, names)) for text in (x, y)]
    sizes = {code: len(grapheme) for grapheme, code in names.items()}
    differ = diff_match_patch()
    differ.Diff_Timeout = 0
    found = differ.diff_main(*coded, False)
    differ.diff_cleanupSemantic(found)
    out: list[Gap] = []
    i = j = 0
    for side, run in found:
        size = sum(map(sizes.__getitem__, run))
        if side == 0:
            i, j = i + size, j + size
            continue
        k, m = (i + size, j) if side < 0 else (i, j + size)
        if out and out[-1].a_end == i and out[-1].b_end == j:
            i, _, j, _ = out.pop()
        out.append(Gap(i, k, j, m))
        i, j = k, m
    kept = len(x) - sum(part.a_end - part.a for part in out)
    return tuple(out) if 2 * kept >= max(len(x), len(y)) else (Gap(0, len(x), 0, len(y)),)


def _coded(text: str, names: dict[str, str]) -> list[str]:
    """The text's graphemes, each as one code point."""
    found = units(text, "char")
    graphemes = map(text.__getitem__, map(slice, found.starts, found.ends))
    return [names.setdefault(g, chr(_FIRST + len(names))) for g in graphemes]
