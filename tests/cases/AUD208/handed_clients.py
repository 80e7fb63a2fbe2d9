import requests
from elasticsearch.dsl import async_connections, connections


class Table:
    def get(self, key, verify=True):
        return key if verify else None


def of_caller(session, url):
    session.get(url, timeout=9, verify=False)  # AUD208
    return session.get(url, timeout=9, verify="authority.pem")


def of_nobody(session, url):
    return session.lookup(url, verify=False)


def of_table(key):
    return Table().get(key, verify=False)


def of_machine(session):
    return session.post("https://localhost:8443/reload", timeout=9, verify=False)


def search(hosts, secret):
    connections.create_connection(hosts=hosts, basic_auth=("reader", secret), verify_certs=False)  # AUD208
    async_connections.connections.create_connection(hosts=hosts, verify_certs=False)  # AUD208
    connections.create_connection(hosts=hosts, ca_certs="authority.pem")


def plain(url):
    return requests.get(url, timeout=9)
