import os

WORKERS = 0
LEAST = 1


class Defaults:
    workers = 0
