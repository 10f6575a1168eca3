"""Bring the index in line with the library. `python ingest.py --help` tells the rest."""

from assistant.commands.ingest import main

if __name__ == "__main__":
    raise SystemExit(main())
