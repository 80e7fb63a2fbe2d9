from pathlib import Path

from schemas import CheckedNote, Note

FOLDER = Path("notes")


class Store:
    def write(self, note: Note):
        target = FOLDER / note.name
        target.write_text(note.text)

    def write_nested(self, note: Note):
        (FOLDER / note.place.file).write_text(note.text)

    def write_limited(self, note: Note):
        (FOLDER / note.kind).write_text(note.text)

    def write_checked(self, note: CheckedNote):
        (FOLDER / note.name).write_text(note.text)

    def write_tested(self, note: Note):
        target = (FOLDER / note.name).resolve()
        if not target.is_relative_to(FOLDER.resolve()):
            raise ValueError("outside")
        target.write_text(note.text)

    def write_numbered(self, note: Note):
        (FOLDER / str(note.place.number)).write_text(note.text)
