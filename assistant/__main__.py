"""`python -m assistant ask | search | batch | eval`."""

from assistant.commands.ask import main

if __name__ == "__main__":
    raise SystemExit(main())
