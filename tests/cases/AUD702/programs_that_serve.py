"""Programs that are started in a terminal and serve others: what is wrong is found in a log."""

import argparse
import os

import uvicorn


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))  # AUD702
    return parser.parse_args()


def rate():
    value = float(os.environ.get("RATE", "1"))
    if value <= 0 or value > 100:
        raise ValueError("RATE")
    return value


if __name__ == "__main__":
    uvicorn.run("shop:app", port=options().port)
