"""Serve the page. `python app.py --help` tells the rest."""

from assistant.commands.serve import main

if __name__ == "__main__":
    raise SystemExit(main())
