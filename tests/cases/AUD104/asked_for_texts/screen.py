from pathlib import Path

LOG = Path("debug.log")


def note(text):
    with LOG.open("a") as file:
        file.write(text)


def show(text, style="info"):
    if style in ("error", "warning"):
        note(text)
    print(text)


def tell(text, style="info"):
    if style == "quiet":
        return
    note(text)


def show_anyway(text, style="info"):
    if style != "error":
        print(text)
    else:
        note(text)
