"""`python -m bot` is `backchannel`."""

import sys

from bot.cli import main

if __name__ == "__main__":
    sys.exit(main())
