"""`python -m wijkveilig` is the same as the command `wijkveilig`."""

import sys

from wijkveilig.cli import main

if __name__ == "__main__":
    sys.exit(main())
