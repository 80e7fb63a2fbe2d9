from tools import die, note


def makes_folder(make, path):
    try:
        make(path)
    except:
        die("no folder at %s" % path)


def fails(self, make, path):
    try:
        make(path)
    except:
        self.log.error("no folder")
        self.fail_json(msg="no folder")


def leaves_before(make, path):
    try:
        make(path)
    except:  # AUD301
        if not path:
            return
        die("no folder at %s" % path)


def notes(make, path):
    try:
        make(path)
    except:  # AUD301
        note("no folder at %s" % path)


def lets_interrupts_through(make, path):
    try:
        make(path)
    except KeyboardInterrupt:
        raise
    except:
        note("no folder at %s" % path)
