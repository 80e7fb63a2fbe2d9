import httpx


def read_all(names):
    found = []
    for name in names:
        with httpx.Client() as client:  # AUD201
            found.append(client.get(f"https://shop.example/{name}").json())
    return found
