"""Layout: which parts of a transcription are text, of which block, on which page.

`lay_out` takes a source text and gives a `Plan`. It asks `redline.markings` what a line is;
marks of revision are not its business, beyond looking past them.
"""

from redline.layout.arrange import lay_out

__all__ = ["lay_out"]
