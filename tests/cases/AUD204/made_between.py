"""What is made between opening and the `try` cannot fail."""

import socket
import time


def received(address):
    connection = socket.create_connection(address, timeout=5)
    held = bytearray()
    since = time.monotonic_ns()
    try:
        while part := connection.recv(4096):
            held += part
    finally:
        connection.close()
    return held, since


def received_of(address, first):
    connection = socket.create_connection(address, timeout=5)  # AUD204
    held = first()
    try:
        while part := connection.recv(4096):
            held += part
    finally:
        connection.close()
    return held
