"""The lines that a process writes, which a thread reads as fast as they come."""

import queue
import subprocess
import threading


class Run:
    def __init__(self, command):
        self.lines = queue.Queue()  # AUD113
        self.errors = queue.Queue()
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line)
        for part in self.process.stderr.read().split("-"):
            self.errors.put(part)

    def events(self):
        while True:
            yield self.lines.get()

    def failures(self):
        while True:
            yield self.errors.get()


class Lines:
    def __init__(self, process):
        self.process = process
        self.found = queue.Queue()  # AUD113

    def read(self):
        for line in iter(self.process.stdout.readline, ""):
            self.found.put(line)

    def follow(self, show):
        while True:
            show(self.found.get())


class Server:
    """What the process says answers what it is asked."""

    def __init__(self, process):
        self._process = process
        self._answers = queue.Queue()

    def ask(self, line):
        self._process.stdin.write(line)
        self._process.stdin.flush()

    def _read(self):
        while True:
            line = self._process.stdout.readline()
            self._answers.put(line)

    def answers(self):
        while True:
            yield self._answers.get()
