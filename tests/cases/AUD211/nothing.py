"""`os.devnull` stands for no output."""

import os
import sys


def be_quiet():
    sys.stdout = open(os.devnull, "w")


def quiet(path):
    out = open(os.devnull, "w")
    out.write("nobody reads it")
    kept = open(path, "w")  # AUD211
    kept.write("somebody reads it")
