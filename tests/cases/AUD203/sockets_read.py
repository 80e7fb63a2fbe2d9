import socket


def ask(host):
    with socket.create_connection((host, 80)) as connection:  # AUD203
        connection.sendall(b"?")
        return connection.recv(100)
