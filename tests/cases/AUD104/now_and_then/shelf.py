from notes import Notes


class Shelf:
    def __init__(self, notes: Notes):
        self.notes = notes

    async def note(self, name):
        return self.notes.read(name)  # AUD104
