from fetching import download, download_any

FILES = {"a.js": "https://example.org/a.js", "b.js": "https://example.org/b.js"}
ONE = "https://example.org/c.js"


def pull(folder):
    for name, url in FILES.items():
        download(url, folder / name)
    download(ONE, folder / "c.js")
    download_any(ONE, folder / "c.js")


def pull_any(url, folder):
    download_any(url, folder / "d.js")
