"""The arguments of an application in a dictionary of their own."""

from fastapi import FastAPI

SETTINGS = {"title": "shop", "debug": True}
app = FastAPI(**SETTINGS)  # AUD613

changed = {"title": "shop", "debug": True}
changed["debug"] = False
other = FastAPI(**changed)

plain = {"title": "shop"}
third = FastAPI(**plain)
