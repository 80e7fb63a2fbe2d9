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


class Result:
    def __init__(self, ok, data=None, error=""):
        self.ok = ok
        self.data = data
        self.error = error


class Search:
    def __init__(self, base):
        self.base = base

    def trials(self, arguments):
        query = arguments.get("query")
        status = arguments.get("status", "ALL")
        if not query and not status:
            return Result(ok=False, error="neither a query nor a status")
        try:
            answer = requests.get(f"{self.base}/{query}", params={"status": status}, timeout=9)
            return Result(ok=True, data=answer.json())
        except Exception as error:
            print("search failed", error)
            return Result(ok=False, error=f"search failed: {error}")

    def papers(self, arguments):
        query = arguments.get("query")
        try:
            answer = requests.get(f"{self.base}/{query}", timeout=9)
            return Result(ok=True, data=answer.json())
        except requests.RequestException as error:
            return Result(ok=False, error=f"search failed: {error}")

    def completed(self, target, disease):
        try:
            result = self.trials({"query": f"{target} {disease}", "status": "COMPLETED"})
            if result.ok and result.data:
                return result.data.get("trials", []), result.data.get("count", 0)
            return [], 0
        except Exception:
            return [], 0

    def supporting(self, target):
        try:
            result = self.papers({"query": f"{target} therapy"})
            if result.ok and result.data:
                return result.data.get("papers", []), result.data.get("count", 0)
            return [], 0
        except Exception:  # AUD302
            return [], 0
