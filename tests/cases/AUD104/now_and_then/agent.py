"""What is called now and then may read or write one text; a picture and many texts take longer."""

from pathlib import Path

from notes import Notes


class Agent:
    def __init__(self, folder: Path):
        self.notes = Notes(folder)

    async def end(self, note):
        self.notes.write("end", note)

    async def begin(self):
        return self.notes.read("begin")

    async def never_called(self):
        return self.notes.read("begin")  # AUD104

    async def begin_all(self, names):
        return [self.notes.read(name) for name in names]  # AUD104

    async def write_all(self, notes):
        for number, note in enumerate(notes):
            self.notes.write(number, note)  # AUD104

    async def all(self):
        return self.notes.read_all()  # AUD104

    async def look(self):
        return self.notes.picture("begin")  # AUD104

    async def write_here(self, text):
        (self.notes.folder / "end.txt").write_text(text)  # AUD104

    async def each(self, names, wait):
        for name in names:
            await self.one(name)

    async def one(self, name):
        return self.notes.read(name)  # AUD104
