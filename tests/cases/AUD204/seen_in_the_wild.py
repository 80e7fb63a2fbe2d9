import socket


def own_address(target):
    probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    probe.setblocking(False)
    try:
        probe.connect((target, 1))
        return probe.getsockname()[0]
    finally:
        probe.close()
