from .editor import edit_shared, open_editor

__all__ = ["edit_shared", "open_editor"]
