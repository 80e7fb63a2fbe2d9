import json
import logging
import os
import re

logger = logging.getLogger(__name__)


def says_that_it_is_optional(report):
    try:
        report()
    except Exception as error:
        # The callback may be ignored: it must not interrupt the work.
        logger.error("report failed: %s", error)


def says_in_a_text_what_is_likely(transfer):
    try:
        transfer()
    except Exception as error:
        """Most likely the sender has begun anew."""
        logger.error("transfer failed: %s", error)


def says_that_it_is_unexpected(transfer):
    try:
        transfer()
    except Exception as error:
        # Unexpected: nobody knows how this can be.
        logger.error("transfer failed: %s", error)  # AUD303


def says_what_is_not_done(transfer):
    try:
        transfer()
    except Exception as error:
        # Do not raise here.
        logger.error("transfer failed: %s", error)  # AUD303


def ignores_by_its_own_words(compare):
    try:
        compare()
    except Exception as error:
        logger.error("error ignored in compare: %s", error)


def tries_a_library():
    try:
        import graphics_of_some_maker

        return graphics_of_some_maker.count()
    except Exception as error:
        logger.error("no graphics: %s", error)
        return 0


def imports_late(rows):
    try:
        import json

        rows.save(json)
    except Exception as error:
        logger.error("rows are not saved: %s", error)  # AUD303


async def pings(worker):
    try:
        await worker.ping()
    except Exception:
        logger.error("worker %s is dead", worker)


def removes_files(folder):
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        try:
            if os.path.isfile(path):
                os.unlink(path)
        except Exception as error:
            logger.error("%s cannot be deleted: %s", path, error)


def asks_a_store(client, number):
    try:
        return bool(client.exists(number))
    except Exception as error:
        logger.error("no answer about %s: %s", number, error)  # AUD303
        return False


def sums(shares):
    try:
        return round(sum(shares.values()), 2)
    except Exception:
        logger.critical("shares are no numbers")
        return None


def number_in(text):
    try:
        return float(re.findall("score: ([0-9.]+)", text.lower())[-1])
    except Exception as error:
        logger.error("no score: %s", error)
        return None


def sets_a_parameter(parameters, name, value):
    try:
        setattr(parameters, name, value)
    except Exception as error:
        logger.error("cannot set %s to %s: %s", name, value, error)


def hides_who_it_is(add, Pii):
    try:
        add()
    except Exception as error:
        logger.error("not added: %s", Pii(str(error)))


def reads_by_its_own_code(path, rows_of):
    try:
        return json.loads(rows_of(path))
    except Exception as error:
        logger.error("cannot be read: %s", error)  # AUD303
        return None


def wait_of(response):
    try:
        return int(response.headers.get("retry-after"))
    except Exception:
        logger.error("no header")
        return 0


def part_of(path, start):
    try:
        with open(path) as file:
            file.seek(start)
            return file.read()
    except Exception as error:
        logger.error("cannot read: %s", error)
        return ""


def tree_of(path, parse_xml):
    try:
        return parse_xml(path)
    except Exception as error:
        logger.error("%s cannot be parsed: %s", path, error)
        return None


def encoding_of(name, names):
    try:
        return names.lookup(name)
    except Exception as error:
        # For encodings that are unsupported there.
        logger.error(error)
        return "utf-8"


def settings_in(path):
    try:
        with open(path) as file:
            return json.load(file)
    except Exception as error:
        logger.error("no settings: %s", error)
        return {}


def filter_of(text):
    try:
        return re.compile(text)
    except Exception as error:
        logger.error("no filter: %s", error)
        return None


def makes_a_folder(path):
    try:
        os.makedirs(path)
    except Exception as error:
        logger.error("%s cannot be made: %s", path, error)


def loads_a_plugin(plugin):
    try:
        return plugin.load()
    except Exception as error:
        logger.error("%s cannot be loaded: %s", plugin, error)  # AUD303
        return None


def undoes(self, volume):
    from oslo_utils import excutils

    try:
        self.make(volume)
    except Exception:
        with excutils.save_and_reraise_exception():
            logger.error("%s cannot be made", volume)
            self.delete(volume)


def close(self):
    try:
        self.server.end(self)
    except Exception as error:
        logger.error("cannot be closed: %s", error)


def text_of(parameters):
    try:
        return json.dumps(parameters)
    except Exception as error:
        logger.error("cannot be written as JSON: %s", error)
        return ""


def undoes_behind(self, volume):
    from oslo_utils import excutils

    try:
        self.make(volume)
    except Exception:
        logger.error("%s cannot be made", volume)
        with excutils.save_and_reraise_exception():
            self.delete(volume)


def remove_from_index(indexing, number):
    """Remove a document, swallowing an indexer that cannot be reached."""
    try:
        indexing.take_out(number)
    except Exception:
        logger.error("the indexer cannot be reached")


def listens(connect, delay):
    try:
        connect()
    except Exception as error:
        logger.error("lost the connection: %s, retrying in %s", error, delay)


def keywords_in(answer, extract_json_object):
    try:
        keywords = extract_json_object(answer)
        assert isinstance(keywords, list)
    except Exception as error:
        logger.error("no keywords: %s", error)


def tells_before(order):
    try:
        order.settle()
    except Exception as error:
        logger.warning("not settled: %s", error)
        if not order.settle_by_hand():
            logger.error("order %s stays open", order)


def reports_usage(order):
    try:
        order.report()
    except Exception as error:  # telemetry must never raise
        logger.error("not reported: %s", error)


def connects(connect, attempts, wait):
    made = 0
    while made < attempts:
        try:
            return connect()
        except Exception as error:
            made += 1
            logger.error("no connection: %s", error)
            if made >= attempts:
                raise
            wait(made)


def goes_through(orders, strict):
    for order in orders:
        try:
            order.settle()
        except Exception as error:
            logger.error("not settled: %s", error)  # AUD303
            if strict:
                raise


def leaves_the_schedule(task, again):
    try:
        task()
    except Exception:
        logger.exception("the task failed")
    except BaseException as error:
        logger.error("the task is not scheduled again: %r", error)
        again = None
    return again


def takes_all(task):
    try:
        task()
    except ValueError:
        logger.info("nothing to do")
    except BaseException as error:
        logger.error("the task failed: %r", error)  # AUD303


def says_in_a_text_that_it_tries_again(releases):
    try:
        return releases.known()
    except Exception as error:
        message = f"no releases: {error}. "
        message += "Retrying in the next cycle."
        logger.error(message)
        return None


def keeps_what_people_write_out_of_the_log(task):
    try:
        task()
    except BaseException:
        # The task serves private requests as well: what it says must stay content-free.
        logger.error("the clean-up failed")


def does_not_say_why(task):
    try:
        task()
    except BaseException:
        # The task serves other requests as well.
        logger.error("the clean-up failed")  # AUD303
