import socket


def connect(host):
    connection = socket.create_connection((host, 80))
    connection.settimeout(3)
    return connection
