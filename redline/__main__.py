"""`python -m redline`: the command line."""

import sys

from redline.cli import main

if __name__ == "__main__":
    sys.exit(main())
