"""Facts about libraries, as data: names, classes, effects and cures. No rule and no tree is known here."""
