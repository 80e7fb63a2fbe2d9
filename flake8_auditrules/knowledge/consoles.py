"""Consoles: what programs talk to a person with, beside `print` and `input`."""

from __future__ import annotations

# Libraries that ask questions, edit lines, or colour and animate what they write, by their top-level packages.
DIALOGUES = (
    "InquirerPy",
    "alive_progress",
    "blessed",
    "colorama",
    "curses",
    "halo",
    "inquirer",
    "prompt_toolkit",
    "questionary",
    "readline",
    "termcolor",
    "textual",
    "urwid",
    "yaspin",
)
