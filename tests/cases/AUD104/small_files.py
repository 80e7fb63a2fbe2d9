"""Settings, keys, templates and prompts are small by their kind; what somebody fills is not."""

import json
import os
from importlib import resources
from pathlib import Path

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
CONFIG_PATH = Path(os.environ.get("ACME_CONFIG", "~/.acme/config.json")).expanduser()
UPLOADS = HERE / "uploads"
HISTORY = Path.home() / ".acme" / "history.json"


def _prompt_path():
    return os.path.join(os.path.dirname(__file__), "prompts", "review.txt")


class Shop:
    def __init__(self, home: Path):
        self._settings = home / "settings.toml"
        self._orders = home / "orders.txt"

    async def settings(self):
        return self._settings.read_text()

    async def orders(self):
        return self._orders.read_text()  # AUD104


async def page():
    return (HERE / "page.html").read_text()


async def part(name):
    return (TEMPLATES / name).read_text()


async def named_part(name):
    with open(TEMPLATES / f"{name}.html", encoding="utf-8") as file:
        return file.read()


async def prompt():
    with open(_prompt_path()) as file:
        return file.read()


async def packaged():
    return resources.files("acme").joinpath("words.txt").read_text()


async def config():
    if CONFIG_PATH.exists():
        with open(CONFIG_PATH) as file:
            return json.load(file)
    return {}


async def config_of(settings):
    return Path(settings.config_path).read_text()


async def upload(name):
    return (UPLOADS / name).read_bytes()  # AUD104


async def uploaded_text(name):
    return (UPLOADS / f"{name}.csv").read_text()  # AUD104


async def history():
    return HISTORY.read_text()  # AUD104


async def anything(path):
    return Path(path).read_text()  # AUD104


async def one_or_the_other(path, wanted):
    chosen = Path(path) if wanted else CONFIG_PATH
    return chosen.read_text()  # AUD104


async def all_settings(folders):
    return [(Path(folder) / "settings.yaml").read_text() for folder in folders]  # AUD104


async def write_settings(text):
    CONFIG_PATH.write_text(text)  # AUD104


async def append(line):
    with open(CONFIG_PATH, "a") as file:  # AUD104
        file.write(line)


def read_json(path):
    return json.loads(Path(path).read_text())


async def settings_by_helper():
    return read_json(HERE / "settings.json")


async def anything_by_helper(path):
    return read_json(path)  # AUD104


async def orders_by_helper():
    return read_json(Path.home() / "orders.json")  # AUD104


async def languages():
    return [file.stem for file in (HERE / "i18n").glob("*.json")]


async def uploads():
    return [file.stem for file in UPLOADS.iterdir()]  # AUD104


async def all_templates():
    return list(TEMPLATES.glob("**/*.html"))  # AUD104


async def translations_of(folder: Path):
    return list((folder / "i18n").iterdir())  # AUD104
