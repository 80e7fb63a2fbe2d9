"""A process whose output is read through a pipe has to be waited for as well."""

import subprocess
from subprocess import PIPE, Popen


def find_url():
    tunnel = subprocess.Popen(["lt", "--port", "5000"], stdout=subprocess.PIPE, text=True)  # AUD211
    for line in iter(tunnel.stdout.readline, ""):
        if "url is:" in line:
            return line.split()[-1]
    return None


def identities():
    return [line.strip() for line in Popen(["ssh-add", "-L"], stdout=PIPE).stdout]  # AUD211


def addresses():
    return subprocess.Popen(["ip", "addr"], stdout=subprocess.PIPE).stdout.read()  # AUD211


def waited():
    listing = subprocess.Popen(["ls"], stdout=subprocess.PIPE)
    names = listing.stdout.read()
    listing.wait()
    return names


def communicated():
    return subprocess.Popen(["ls"], stdout=subprocess.PIPE).communicate()[0]


def entered():
    with subprocess.Popen(["ls"], stdout=subprocess.PIPE) as listing:
        return listing.stdout.read()


def handed_on(keep):
    listing = subprocess.Popen(["ls"], stdout=subprocess.PIPE)
    keep(listing)
    return listing.stdout.readline()


def piped():
    first = subprocess.Popen(["ls"], stdout=subprocess.PIPE)
    second = subprocess.Popen(["sort"], stdin=first.stdout, stdout=subprocess.PIPE)
    return second.communicate()[0]


def pipe_given():
    listing = subprocess.Popen(["ls"], stdout=subprocess.PIPE)
    return listing.stdout


def asked():
    listing = subprocess.Popen(["ls"], stdout=subprocess.PIPE)
    while listing.poll() is None:
        print(listing.stdout.readline())


def detached():
    server = subprocess.Popen(["serve"], stdout=subprocess.PIPE, start_new_session=True)
    return server.stdout.readline()


def without_pipes():
    subprocess.Popen(["serve"])


def only_fed(lines):
    logger = subprocess.Popen(["logger"], stdin=subprocess.PIPE)
    logger.stdin.writelines(lines)
