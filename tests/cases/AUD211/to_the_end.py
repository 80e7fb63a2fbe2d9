"""A program that goes on for ever, or ends at once, has a file open as long as it needs it."""

import os


def main(work):
    stream = open("/run/work.fifo")
    while True:
        work(stream.readline())


def child(result):
    stream = open("/run/result.fifo", "w")
    stream.write(result)
    stream.flush()
    os._exit(0)


def until_empty(work):
    stream = open("/run/work.fifo")  # AUD211
    while True:
        line = stream.readline()
        if not line:
            return
        work(line)
