# What the loop is told to call runs on it.
import asyncio
import socket
import threading

import requests


class Relay:
    def __init__(self, listening: socket.socket) -> None:
        self.listening = listening
        self.timer = threading.Timer(5, self.in_a_thread)

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        loop.add_reader(self.listening.fileno(), self.answer)
        loop.call_later(5, self.look_up)
        self.timer.start()

    def answer(self) -> None:
        self.listening.recv(4096)
        socket.getaddrinfo("example.org", 443)  # AUD102

    def look_up(self) -> None:
        requests.get("http://example.org", timeout=5)  # AUD102
        asyncio.get_running_loop().call_later(5, self.look_up)

    def in_a_thread(self) -> None:
        requests.get("http://example.org", timeout=5)


def serve(listening: socket.socket) -> None:
    def on_client() -> None:
        requests.get("http://example.org", timeout=5)  # AUD102

    asyncio.get_event_loop().add_reader(listening.fileno(), on_client)


def later(scheduler) -> None:
    def run() -> None:
        requests.get("http://example.org", timeout=5)

    scheduler.call_later(5, run)
