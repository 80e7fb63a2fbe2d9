def exchange(client, address, api_key):
    client.post(address, content=f"grant_type=key&apikey={api_key}")


def ask(client, address, api_key):
    client.get(f"{address}/ask?page=1&apikey={api_key}")  # AUD313


def ask_by_name(client, address, api_key):
    url = f"{address}/ask?apikey={api_key}"  # AUD313
    return client.get(url, timeout=5)


def open_stream(transport, address, api_key):
    return transport.HttpTransport(url=f"{address}/ask?apikey={api_key}")  # AUD313


def link_for_a_browser(address, access_token):
    return f"{address}/editor?token={access_token}"


def address_of_a_hook(register, address, webhook_secret):
    url = f"{address}/inbound?token={webhook_secret}"
    register(url)


def goes_on(links, address, access_token):
    url = address
    url += f"?token={access_token}"
    links.append(url)
