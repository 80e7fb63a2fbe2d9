import sqlite3

import httpx
from botocore.exceptions import ClientError
from redis.exceptions import ResponseError
from sqlalchemy.exc import IntegrityError


def by_variable(work):
    try:
        work()
    except sqlite3.IntegrityError as error:
        text = str(error).lower()
        if "unique" in text:  # AUD314
            return False
        raise


def by_arguments(work):
    try:
        work()
    except ClientError as error:
        if "AccessDenied" in error.args[0]:  # AUD314
            return False
        raise


def by_original(work):
    try:
        work()
    except IntegrityError as error:
        return False if "duplicate" in str(error.orig) else None  # AUD314


def by_start(work):
    try:
        work()
    except httpx.HTTPError as error:
        if str(error).startswith("timed out"):  # AUD314
            return False
        raise


def by_code(work):
    try:
        work()
    except ClientError as error:
        if error.response["Error"]["Code"] == "AccessDenied":
            return False
        raise


def has_no_code(work):
    try:
        work()
    except ValueError as error:
        if "too long" in str(error):
            return False
        raise


def could_be_anything(work):
    try:
        work()
    except (IntegrityError, ValueError) as error:
        if "duplicate" in str(error):
            return False
        raise


def a_constraints_name(work):
    try:
        work()
    except IntegrityError as error:
        if "uq_users_mail" in str(error):
            return False
        raise


def the_status_is_asked(work):
    try:
        work()
    except httpx.HTTPStatusError as error:
        if error.response.status_code == 403 and "plan" in str(error):
            return False
        raise


def only_logs(work, log):
    try:
        work()
    except IntegrityError as error:
        log(f"{'duplicate' in str(error)}")
        raise


def has_the_general_code_alone(work):
    try:
        work()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise


def has_no_class(work):
    try:
        work()
    except ResponseError as error:
        if "unknown command" in str(error):
            return None
        raise


def has_no_narrower_class(work):
    try:
        work()
    except httpx.ConnectError as error:
        if "all attempts failed" in str(error).lower():
            return None
        raise


def is_gone(work):
    try:
        work()
    except IntegrityError as error:
        if "does not exist" in str(error.orig):
            return None
        raise


def updates(stacks, name):
    try:
        stacks.update_stack(StackName=name)
    except ClientError as error:
        if "No updates are to be performed" in str(error):
            return None
        raise


def forgets(stacks, name):
    try:
        stacks.delete_stack(StackName=name)
    except ClientError as error:
        if "no longer available" in str(error):  # AUD314
            return None
        raise


def says_where(client, name):
    try:
        return client.get(name)
    except httpx.HTTPError as error:
        if "localhost:6379" in str(error):
            print("the server of this machine is asked")
        raise
