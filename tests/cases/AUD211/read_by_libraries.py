"""What is read or written by a library, which leaves it open."""

import email
import xml.etree.ElementTree as ElementTree

import paramiko
import simplejson


def tree(path):
    return ElementTree.parse(open(path))  # AUD211


def message(path):
    return email.message_from_file(open(path))  # AUD211


def hosts(path):
    config = paramiko.SSHConfig()
    config.parse(open(path))  # AUD211
    return config


def numbers(path):
    with open(path) as file:
        return simplejson.load(file)


def keep(path, values):
    simplejson.dump(values, open(path, "w"))  # AUD211
