"""Imports the models."""

from . import models


def encoded(text):
    return models.encode(text)
