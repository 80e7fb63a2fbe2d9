"""Sockets that are bound or connected and then given to somebody, who closes them."""

import asyncio
import socket


async def listen(port):
    loop = asyncio.get_running_loop()
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)  # AUD204
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("0.0.0.0", port))
    transport, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, sock=sock)
    return transport


def connected(path):
    sock = socket.socket(socket.AF_UNIX)  # AUD204
    sock.connect(path)
    return sock


def connected_or_closed(path):
    sock = socket.socket(socket.AF_UNIX)
    try:
        sock.connect(path)
    except OSError:
        sock.close()
        raise
    return sock


def on_any_port():
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    return sock


def bound_at_the_start(path):
    sock = socket.socket(socket.AF_UNIX)
    sock.bind(path)
    return sock


def only_set(port):
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setblocking(False)
    return sock, port
