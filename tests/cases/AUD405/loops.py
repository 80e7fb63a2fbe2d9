"""Connections of loops that start over when something fails."""

import select
import time

import psycopg2


def listen(dsn, report):
    while True:
        try:
            connection = psycopg2.connect(dsn)  # AUD405
            with connection.cursor() as cursor:
                cursor.execute("LISTEN changes")
            while True:
                readable, _, _ = select.select([connection], [], [], 1.0)
                if readable:
                    connection.poll()
        except psycopg2.Error as error:
            report(error)
            time.sleep(5)


def listen_again(dsn, report):
    while True:
        connection = None
        try:
            connection = psycopg2.connect(dsn)
            while True:
                readable, _, _ = select.select([connection], [], [], 1.0)
                if readable:
                    connection.poll()
        except psycopg2.Error as error:
            report(error)
        finally:
            if connection is not None:
                connection.close()


def listen_elsewhere(dsn, watch):
    connection = psycopg2.connect(dsn)
    watch([connection], [], [], 1.0)
