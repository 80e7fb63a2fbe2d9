import os

a = int(os.environ.get("PORT"))  # AUD702
b = int(os.environ["PORT"])  # AUD702
c = float(os.getenv("RATE", 0.5))  # AUD702
d = float(os.getenv("RATE", None))  # AUD702
e = int(os.getenv("SIZE")) if os.getenv("SIZE") else 3  # AUD702
f = os.getenv("SIZE") and int(os.getenv("SIZE"))
if "LIMIT" in os.environ:
    g = int(os.getenv("LIMIT"))  # AUD702
if not os.getenv("COUNT"):
    raise SystemExit("COUNT is missing")
h = int(os.getenv("COUNT"))  # AUD702


def tried():
    try:
        return int(os.getenv("DEPTH"))
    except TypeError:
        return 0


def own(settings):
    return int(settings.get("PORT"))
