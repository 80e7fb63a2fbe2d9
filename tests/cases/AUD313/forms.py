def exchange(client, address, api_key):
    client.post(address, content=f"grant_type=key&apikey={api_key}")


def ask(client, address, api_key):
    client.get(f"{address}/ask?page=1&apikey={api_key}")  # AUD313
