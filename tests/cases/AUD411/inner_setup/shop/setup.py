"""A wizard, not the build script of a project."""
