# Lines of logs go to files everywhere.
from pathlib import Path


class FileLogger:
    def __init__(self, path: Path) -> None:
        self.path = path

    def info(self, message: str) -> None:
        with self.path.open("a") as file:
            file.write(f"{message}\n")

    def export(self, target: Path) -> None:
        target.write_text(self.path.read_text())


logger = FileLogger(Path("acme.log"))


async def answer(request):
    logger.info("asked")
    return request


async def export(request):
    logger.export(Path("copy.log"))  # AUD104
    return request
