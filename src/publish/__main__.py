"""`python -m publish`."""

from publish.cli import entry

if __name__ == "__main__":
    entry()
