"""Pauses until another process lets go of a file, and others."""

import fcntl
import time


def write(path, text):
    with open(path, "w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(0.05)
        file.write(text)


def ask_again(ask):
    while True:
        try:
            return ask()
        except OSError:
            time.sleep(5)


async def save(path, text, ask):
    write(path, text)
    return ask_again(ask)  # AUD101
