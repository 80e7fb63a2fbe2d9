import asyncio
import json
import logging
import subprocess

import requests

log = logging.getLogger(__name__)


def bound_before(connect):
    connection = None
    try:
        connection = connect()
    finally:
        if connection:
            connection.close()


def looked_up(connect):
    try:
        connection = connect()
    finally:
        if "connection" in locals():
            connection.close()


def nothing_raises_before(connect, text):
    try:
        words = text.strip().split()
        return connect(words)
    except Exception:
        log.exception("cannot connect with %s", words)
        raise


def constant_first(connect):
    try:
        connected = False
        connect()
        connected = True
    finally:
        log.info("connected: %s", connected)


def later_raises(connect):
    try:
        connection = connect()
        connection.send()
    except json.JSONDecodeError:
        log.error("no answer from %s", connection)
        raise


def narrow(url):
    try:
        response = requests.get(url, timeout=5)
        response.raise_for_status()
    except requests.RequestException:
        log.error("status %s", response.status_code)  # AUD306
        raise


def narrow_process(command):
    try:
        output = subprocess.check_output(command)
    except subprocess.CalledProcessError:
        log.error("gave %s", output)  # AUD306
        raise


def guarded_again(connect):
    try:
        connection = connect()
        connection.send()
    finally:
        try:
            connection.close()
        except NameError:
            log.info("never connected")


def once_a_name(connect):
    try:
        connection = connect()
        connection.send()
    except Exception:
        connection.rollback()  # AUD306
        raise
    finally:
        connection.close()


def which_error(connect, run):
    try:
        connection = connect()
        run(connection)
    except Exception as error:
        if isinstance(error, TimeoutError):
            log.error("%s is slow", connection)
        raise


def flag(connect):
    connected = False
    try:
        connection = connect()
        connected = True
        connection.send()
    finally:
        if connected:
            connection.close()


def in_a_loop(connect, hosts):
    for host in hosts:
        try:
            connection = connect(host)
            connection.send()
        except Exception:
            log.exception("%s failed", connection)  # AUD306


def item_that_failed(convert, items):
    try:
        for item in items():
            convert(item)
    except Exception:
        log.exception("%s failed", item)


async def awaited(connect):
    try:
        connection = await connect()
        await connection.send()
    finally:
        await connection.close()  # AUD306


def given(connection, connect):
    try:
        connection = connect()
    finally:
        connection.close()


def handler_leaves_before(connect):
    try:
        connection = connect()
        connection.send()
    except Exception:
        return None
    else:
        return connection


def nested(connect):
    try:
        connection = connect()
    finally:

        def later():
            connection.close()

        later()


def handler_binds_it(run):
    try:
        found = run()
    except BaseException as error:
        found = str(error)
    finally:
        log.info("%s", found)


class Store:
    def label(self):
        return self.space.strip().lower()

    def checked_label(self):
        if not self.space:
            raise ValueError("no space")
        return self.space

    def drop(self, run):
        try:
            label = self.label()
            run(label)
        except Exception:
            print(label)

    def drop_checked(self, run):
        try:
            label = self.checked_label()
            run(label)
        except Exception:
            print(label)  # AUD306


class Rows:
    def delete(self, number):
        try:
            with self.Session() as session, session.begin():
                session.execute(number)
        except Exception:
            session.rollback()

    def delete_by(self, connect, number):
        try:
            with connect(number) as session:
                session.execute(number)
        except Exception:
            session.rollback()  # AUD306


def ends_in_time(arguments):
    try:
        process = subprocess.Popen(arguments)
        process.communicate(timeout=1)
    except subprocess.TimeoutExpired:
        process.kill()


class Spans:
    def trace(self, data):
        try:
            self.set_data(data)
            token = data.copy()
        finally:
            self.end(token)

    def trace_number(self, data):
        try:
            number = self.load_number(data)
        finally:
            self.end(number)  # AUD306


def posts(options, send):
    try:
        timeout = options.pop("timeout", 5)
        return send(timeout)
    except Exception:
        print(timeout)


def posts_next(queue, send):
    try:
        timeout = queue.pop()
        task = queue.pop(0)
        return send(task)
    except Exception:
        print(task, timeout)  # AUD306


def traces(begin, end, decide):
    trace = begin()
    try:
        decision = decide()
    except BaseException:
        end(trace)
        trace = None
        raise
    finally:
        if trace is not None:
            end(trace, decision)


def traces_always(begin, end, decide):
    trace = begin()
    try:
        decision = decide()
    except BaseException:
        end(trace)
        raise
    finally:
        if trace is not None:
            end(trace, decision)  # AUD306


def runs_in_loop(work):
    try:
        loop = asyncio.new_event_loop()
        loop.run_until_complete(work())
    finally:
        loop.close()


def flagged_later(run):
    warnings = []
    try:
        result = run()
        warnings = result.warnings
    finally:
        if warnings:
            result.note(warnings)


def flagged_before(run):
    ready = False
    try:
        ready = run.ready()
        result = run()
    finally:
        if ready:
            result.note(ready)  # AUD306
