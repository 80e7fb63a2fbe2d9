"""A socket that is asked something and waits for the answer."""

import socket


def who_is(host, name):
    asked = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    asked.connect((host, 43))  # AUD203
    try:
        asked.sendall(name.encode())
        return asked.recv(4096)
    finally:
        asked.close()


def reported(host, name):
    told = socket.socket()
    told.connect((host, 2003))
    told.sendall(name.encode())
    told.close()


def local(path):
    asked = socket.socket(socket.AF_UNIX)
    asked.connect(path)
    asked.sendall(b"stats")
    return asked.recv(4096)


def by_datagram(host):
    asked = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    asked.connect((host, 53))
    asked.send(b"?")
    return asked.recv(512)
