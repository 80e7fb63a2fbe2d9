from setuptools import setup


def read(name):
    return open(name).read()


def write(name, text):
    file = open(name, "w")  # AUD211
    file.write(text)
    return len(text)


setup(name="project", long_description=read("README.md"))
