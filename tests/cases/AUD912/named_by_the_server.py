import requests


def keep(number, server):
    response = requests.get(f"{server}/{number}", timeout=10)
    response.raise_for_status()
    disposition = response.headers.get("Content-Disposition")
    name = disposition.split("filename=")[1] if disposition else f"last_{number}_files.zip"
    with open(name, "wb") as file:
        file.write(response.content)
