from generator import Generator, report_of


def start(name):
    if not name.isidentifier():
        raise SystemExit("no name")
    return Generator(name)


def report(name):
    return report_of(name)
