import questionary


def ask():
    return questionary.text("number?").ask()
