"""What is written only while somebody looks for a fault."""

from pathlib import Path


class Worker:
    def __init__(self, debug_folder: Path | None, folder: Path):
        self.debug_folder = debug_folder
        self.folder = folder

    async def take(self, number: int, sound: bytes) -> None:
        if self.debug_folder:
            (self.debug_folder / str(number)).write_bytes(sound)

    async def keep(self, sound: bytes) -> None:
        if sound:
            (self.folder / "sound").write_bytes(sound)  # AUD104
