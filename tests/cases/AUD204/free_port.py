"""Some port is always free."""

import ftplib
import socket


def free_port():
    made = socket.socket()
    made.bind(("", 0))
    port = made.getsockname()[1]
    made.close()
    return port


def is_free(port):
    made = socket.socket()  # AUD204
    made.bind(("", port))
    made.close()
    return True


def is_taken(port):
    probe = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    probe.settimeout(0.1)
    result = probe.connect_ex(("127.0.0.1", port))
    probe.close()
    return result == 0


def free_port(host):
    address = (host, 0)
    probe = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    probe.bind(address)
    port = probe.getsockname()[1]
    probe.close()
    return port


def listed(host, user):
    files = ftplib.FTP()
    files.connect(host, timeout=5)
    with files:
        files.login(user)
        return files.nlst()


def free_port_that_listens():
    probe = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    probe.bind(("", 0))
    probe.listen(1)
    port = probe.getsockname()[1]
    probe.close()
    return port
