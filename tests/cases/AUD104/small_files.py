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
    CONFIG_PATH.write_text(text)


async def write_settings_beside(text):
    staged = CONFIG_PATH.with_suffix(".tmp")
    staged.write_text(text)
    staged.rename(CONFIG_PATH)


async def write_settings_beside_by_text(config_path, text):
    with open(f"{config_path}.tmp", "w") as file:
        file.write(text)


async def write_all_settings(folders, text):
    for folder in folders:
        Path(folder, "config.yaml").write_text(text)  # AUD104


async def write_variables(folder: Path, lines):
    (folder / ".env.local").write_text(lines)


async def read_variables(folder: Path):
    return (folder / ".env.local").read_text().splitlines()


async def write_answer(folder: Path, text):
    (folder / "answer.yaml").write_text(text)  # AUD104


async def write_prompt(text):
    with open(_prompt_path(), "w") as file:  # AUD104
        file.write(text)


async def write_report_on_settings(text):
    (HERE / "config.csv").write_text(text)  # AUD104


class Login:
    def __init__(self, path: Path):
        self.path = path

    def _save_token(self, token):
        with self.path.open("w") as file:
            json.dump(token, file)

    def _save_answers(self, answers):
        with self.path.open("w") as file:
            json.dump(answers, file)

    async def log_in(self, ask):
        self._save_token(await ask())

    async def collect(self, ask):
        self._save_answers(await ask())  # AUD104


class UserSettings:
    def __init__(self, path: Path):
        self.path = path

    def save(self, values):
        self.path.write_text(json.dumps(values))

    def export(self, values):
        self.path.write_text(json.dumps(values))

    async def change(self, values):
        self.save(values)

    async def exported(self, values):
        self.export(values)  # AUD104


def write_json(path, values):
    with open(path, "w") as file:
        json.dump(values, file)


async def settings_written_by_helper(values):
    write_json(HERE / "settings.json", values)


async def orders_written_by_helper(values):
    write_json(HERE / "orders.json", values)  # AUD104


async def identity():
    return (Path.home() / ".acme" / "identity.json").read_text()  # AUD104


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


KEY = Path.home() / ".acme" / "keyfile"


async def key():
    return KEY.read_bytes()  # AUD104


async def instructions(agent):
    return Path(agent["instructions_path"]).read_text()  # AUD104


async def answers(agent):
    return Path(agent["answers_path"]).read_text()  # AUD104


async def instructions_of(instructions_path):
    return Path(instructions_path).read_text()  # AUD104
