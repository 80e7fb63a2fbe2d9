"""How the facts of a module are read off its tree."""
