import socket


def is_open(host):
    try:
        socket.create_connection((host, 80)).close()
    except OSError:
        return False
    return True
