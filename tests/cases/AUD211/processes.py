"""Files that a process is given: it has a descriptor of its own."""

import subprocess


def start(command, log_path):
    return subprocess.Popen(command, stdout=open(log_path, "a"))  # AUD211


def start_with_name(command, log_path):
    log = open(log_path, "a")  # AUD211
    process = subprocess.Popen(command, stdout=log, stderr=log)
    return process.pid


def run(command, log_path):
    subprocess.run(command, stdout=open(log_path, "w"), check=True)  # AUD211


def start_and_close(command, log_path):
    with open(log_path, "a") as log:
        return subprocess.Popen(command, stdout=log)


def start_for_caller(command, log_path):
    log = open(log_path, "a")
    return subprocess.Popen(command, stdout=log), log


class Server:
    def start(self, command, log_path):
        self.log = open(log_path, "a")
        self.process = subprocess.Popen(command, stdout=self.log)

    def stop(self):
        self.process.terminate()
        self.log.close()
