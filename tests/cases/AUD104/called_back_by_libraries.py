"""What Starlette calls on the event loop to answer with a file."""

from pathlib import Path

from starlette.staticfiles import StaticFiles


class Assets(StaticFiles):
    def file_response(self, full_path, stat_result, scope, status_code=200):
        self.refuse_pages(Path(full_path))  # AUD104
        return super().file_response(full_path, stat_result, scope, status_code)

    def lookup_path(self, path):
        self.refuse_pages(Path(path))
        return super().lookup_path(path)

    def refuse_pages(self, path: Path):
        if path.read_bytes().startswith(b"<html"):
            raise ValueError(path)
