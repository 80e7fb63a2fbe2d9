import sqlite3

import boto3

client = boto3.client("s3")


def read(key):
    try:
        return client.get_object(Bucket="orders", Key=key)
    except Exception as error:
        if "NoSuchKey" in str(error):  # AUD314
            return None
        raise


def add(connection, name):
    try:
        connection.execute("insert into users values (?)", (name,))
    except Exception as error:
        text = str(error).lower()
        if "unique constraint" in text:  # AUD314
            return False
        raise


def other_words(key):
    try:
        return client.get_object(Bucket="orders", Key=key)
    except Exception as error:
        if "slow" in str(error):
            return None
        raise


def by_code(key):
    try:
        return client.get_object(Bucket="orders", Key=key)
    except client.exceptions.NoSuchKey:
        return None


def name_of_constraint(connection, name):
    try:
        connection.execute("insert into users values (?)", (name,))
    except sqlite3.IntegrityError as error:
        if "users.nick_name" in str(error):
            return False
        raise
