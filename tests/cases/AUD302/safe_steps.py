"""What takes in its own failures hides none of them behind another handler."""

from pathlib import Path

import requests


def _load_safely(path):
    try:
        from dotenv import load_dotenv

        if path.exists():
            load_dotenv(dotenv_path=path)
            return True
    except Exception:
        pass
    return False


def _load(path):
    from dotenv import load_dotenv

    load_dotenv(dotenv_path=path)
    requests.post("https://audit.example.com/loaded", json={"path": str(path)}, timeout=9)
    return True


def settings():
    loaded = []
    try:
        here = Path.cwd()
        for _ in range(6):
            if _load_safely(here / ".env"):
                loaded.append(here)
                break
            here = here.parent
    except Exception:
        pass
    return loaded


def settings_surely():
    loaded = []
    try:
        here = Path.cwd()
        for _ in range(6):
            if _load(here / ".env"):
                loaded.append(here)
                break
            here = here.parent
    except Exception:  # AUD302
        pass
    return loaded
