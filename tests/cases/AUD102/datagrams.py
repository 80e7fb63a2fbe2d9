"""The connect of a socket for datagrams sends nothing; that of a stream waits for the other side."""

import asyncio
import socket
from socket import SOCK_DGRAM


def own_address(host, port, family=socket.AF_INET):
    probe = socket.socket(family, socket.SOCK_DGRAM)
    try:
        probe.connect((host, port))
        return probe.getsockname()[0]
    finally:
        probe.close()


async def serve(host, port):
    return own_address(host, port)


async def named_kind(address):
    with socket.socket(socket.AF_INET, SOCK_DGRAM) as probe:
        probe.connect(address)


async def kind_of_the_address(found):
    kinds = socket.SOCK_DGRAM
    for family, kind, protocol, _, address in found:
        if kind == kinds:
            with socket.socket(family, kind, protocol) as probe:
                probe.connect(address)


async def stream(address):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as connection:
        connection.connect(address)  # AUD102


async def usual_kind(address):
    with socket.socket() as connection:
        connection.connect(address)  # AUD102


async def peek(connection: socket.socket):
    while True:
        try:
            return connection.recv(4, socket.MSG_PEEK)
        except (BlockingIOError, InterruptedError):
            await asyncio.sleep(0.1)


async def receive(connection: socket.socket):
    return connection.recv(4)  # AUD102
