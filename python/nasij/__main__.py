"""``python -m nasij``."""

import sys

from nasij.cli import main

if __name__ == "__main__":
    sys.exit(main())
