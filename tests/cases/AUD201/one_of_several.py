"""Functions that a loop calls for one of its items each, or for all."""

import httpx


def run_first(base_url):
    with httpx.Client(timeout=5) as client:
        client.get(f"{base_url}/first")


def run_all(base_url):
    with httpx.Client(timeout=5) as client:  # AUD201
        client.get(f"{base_url}/all")


def run(names, base_url):
    for name in names:
        if name == "first":
            run_first(base_url)
        else:
            run_all(base_url)


def schema_of(address):
    with httpx.Client(timeout=5) as client:
        return client.get(f"{address}/schema").json()


def initialize_all(addresses):
    return [schema_of(address) for address in addresses]


def versions(state):
    with httpx.Client(timeout=5) as client:
        return client.get("https://example.com/versions", params={"state": state}).json()


def newest(states):
    for state in states:
        data = versions(state)
        listed = data.get("versions", [])
        if listed:
            return listed[0]
    return None


def download(name, is_grouped):
    with httpx.Client(timeout=5) as client:  # AUD201
        return client.get(f"https://example.com/{name}", params={"grouped": is_grouped}).is_success


def download_all(names):
    for name in names:
        for is_grouped in (False, True):
            success = download(name, is_grouped)
            if success:
                break
        print(name)
