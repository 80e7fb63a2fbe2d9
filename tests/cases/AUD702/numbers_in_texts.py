"""Variables that have a default, or must be there, and hold what may be no number."""

import os

PORT = int(os.getenv("SHOP_PORT", "8000"))  # AUD702
RATE = float(os.environ.get("SHOP_RATE") or 0.5)  # AUD702
SIZE = int(os.environ["SHOP_SIZE"])  # AUD702
RANK = int(os.environ.get("RANK", "0"))
JOB = int(os.environ["SLURM_JOB_ID"])
WORKERS = max(1, int(os.getenv("SHOP_WORKERS", "4")))

LIMIT = int(os.getenv("SHOP_LIMIT", "10"))
if LIMIT < 1:
    raise SystemExit("SHOP_LIMIT has to be positive")

DEPTH = int(os.getenv("SHOP_DEPTH", "10"))  # AUD702
if DEPTH > 3:
    print("deep")

try:
    TURNS = int(os.getenv("SHOP_TURNS", "3"))
except ValueError:
    TURNS = 3


class Settings:
    delay = float(os.getenv("SHOP_DELAY", "1.5"))  # AUD702

    def __init__(self) -> None:
        self.pages = int(os.getenv("SHOP_PAGES", 20))  # AUD702
        text = os.getenv("SHOP_ROWS", "5")
        self.rows = int(text) if text.isdigit() else 5


def tested() -> int:
    text = os.environ.get("SHOP_TEXT", "1")
    if not text.isdecimal():
        raise ValueError("SHOP_TEXT")
    return int(text)
