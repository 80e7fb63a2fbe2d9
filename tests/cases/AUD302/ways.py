import contextlib
import logging
import sys
import traceback

logger = logging.getLogger(__name__)


def only_passes(session):
    try:
        session.commit()
    except Exception:  # AUD302
        pass


def ellipsis(session):
    try:
        session.commit()
    except Exception:  # AUD302
        ...


def takes_everything(session):
    try:
        session.commit()
    except BaseException:  # AUD302
        return None


def among_others(session):
    try:
        session.commit()
    except (ValueError, Exception):  # AUD302
        return []


def logs_when_asked_to(session, loud):
    try:
        session.commit()
    except Exception as error:
        if loud:
            logger.warning("failed: %s", error)


def both_ways_tell(session, loud):
    try:
        session.commit()
    except Exception as error:
        if loud:
            logger.warning("failed: %s", error)
        else:
            print(error)


def where_there_is_a_logger(session, logger=None):
    try:
        session.commit()
    except Exception:
        if logger:
            logger.warning("failed")
        return False


def only_tidies_up(session):
    try:
        session.commit()
    except Exception:  # AUD302
        session.rollback()


def suppresses_all(session):
    with contextlib.suppress(Exception):  # AUD302
        session.commit()


def suppresses_one(session):
    with contextlib.suppress(LookupError):
        session.commit()


def keeps_it(session, failures):
    try:
        session.commit()
    except Exception as error:
        failures.append(error)


def counts_it(sessions):
    failed = 0
    for session in sessions:
        try:
            session.commit()
        except Exception:
            failed += 1
    return failed


def marks_it(session):
    good = True
    try:
        session.commit()
    except Exception:
        good = False
    return good


def hands_it_on(session, report):
    try:
        session.commit()
    except Exception:
        report(sys.exc_info())


def prints_the_traceback(session):
    try:
        session.commit()
    except Exception:
        traceback.print_exc()


def raises_behind(sessions):
    for session in sessions:
        try:
            return session.commit()
        except Exception:
            continue
    raise RuntimeError("nothing worked")


def tries_again(session):
    for attempt in range(3):
        try:
            return session.commit()
        except Exception:
            if attempt == 2:
                raise


def chosen_by_the_caller(session, ignore_errors):
    try:
        session.commit()
    except Exception:
        if not ignore_errors:
            raise


def decides_by_the_exception(session):
    try:
        session.commit()
    except Exception as error:
        if not str(error):
            raise


def names_what_is_expected(session):
    try:
        session.commit()
    except LookupError:
        return None


def says_why(session):
    try:
        session.commit()
    except Exception:
        # a plugin may raise anything, the next one is asked
        return None


def marked_for_another_linter(session):
    try:
        session.commit()
    except Exception:  # noqa: BLE001 # AUD302
        return None


try:
    import orjson
except Exception:
    orjson = None


def is_reachable(connect):
    try:
        connect()
    except Exception:
        return False
    return True


def parse_number(text):
    try:
        return int(text)
    except Exception:
        return None


def find_or_none(find):
    try:
        return find()
    except Exception:
        return None


def converts(text):
    try:
        return int(text)
    except Exception:
        return 0


def leave(client):
    try:
        client.close()
    except Exception:
        pass


def record_telemetry(session):
    try:
        session.commit()
    except Exception:
        pass


def sends_metrics(client, value):
    try:
        client.metrics.increment(value)
    except Exception:
        pass


async def tells_beside_a_failure(session, socket):
    try:
        await session.commit()
    except ValueError:
        logger.exception("failed")
        try:
            await socket.send_json({"error": "failed"})
        except Exception:
            pass


def at_the_end(session, tell):
    try:
        session.commit()
    finally:
        try:
            tell()
        except Exception:
            pass


def promises_it(session):
    """Do the session, best effort: failures are ignored."""
    try:
        session.commit()
    except Exception:
        pass


async def reads_the_body(response):
    try:
        data = await response.json()
        return data.get("error")
    except Exception:
        return None


def removes_what_is_left(store, key):
    try:
        store.delete(key("left"))
    except Exception:
        pass


def only_looks(data):
    try:
        name = data["user"]["name"]
    except Exception:
        name = ""
    return name


def holds(page, mark) -> bool:
    try:
        return page.find(mark) == 1
    except Exception:
        return False


def same_page(page, mark) -> bool | None:
    try:
        return page.find(mark) == 1
    except Exception:
        return None


def kept(page, mark) -> bool:
    try:
        page.db.save(mark)
    except Exception:  # AUD302
        return False
    return True


def cancel_page(page, mark) -> bool:
    try:
        page.load(mark)
    except Exception:
        return False
    return True


def owner(page):
    """The page's owner; None when the page cannot be asked."""
    try:
        return page.fetch_owner()
    except Exception:
        return None


def author(page):
    # None when the page cannot be asked.
    try:
        return page.fetch_author()
    except Exception:
        return None


def reader(page):
    """
    The page's reader.

    Raises:
        LookupError: If the page cannot be found.
    """
    try:
        return page.db.fetch_reader()
    except Exception:  # AUD302
        return None


def colour_of(page):
    try:
        return page.style("colour")
    except Exception:
        return None


def title_of(store, name):
    try:
        return store.get_title(name)
    except Exception:  # AUD302
        return None


async def size_of(page):
    try:
        return await page.db.get_all_sizes()
    except Exception:  # AUD302
        return 0


async def shape_of(page):
    try:
        return await page.evaluate("shape")
    except Exception:
        return None


def content_of(path):
    try:
        with open(path) as file:
            return file.read()
    except Exception:  # AUD302
        return ""


def sets_an_attribute(rows):
    for row in rows:
        try:
            row.text = row.render()[:80]
        except Exception:
            pass


def takes_interrupts_too(page):
    try:
        return page.db.fetch_style("colour")
    except BaseException:  # AUD302
        return None


def takes_interrupts_of_a_question(page):
    try:
        return page.style("colour")
    except BaseException:
        return None


def long_computation(numbers, scale, found):
    try:
        total = numbers.total()
        if total > scale.most():
            total = scale.most()
        rest = total % 7
        if rest > 3:
            total = numbers.rounded()
        if total < 0:
            total = -total
        half = total / 2
        if half > rest:
            half = rest
        found.extend([total, rest, half])
    except Exception:
        pass
    return found


def long_question(numbers, scale):
    try:
        total = numbers.total()
        if total > scale.most():
            total = scale.most()
        rest = total % 7
        if rest > 3:
            total = numbers.rounded()
        if total < 0:
            total = -total
        half = total / 2
        if half > rest:
            half = rest
        return total - rest - half
    except Exception:
        return None


def long_decoding(field):
    try:
        if field.kind == 1:
            return float.fromhex(field.text)
        if field.kind == 2:
            return int.from_bytes(bytes(field.parts), "little")
        return len(field.parts)
    except Exception:
        return None


def asks_another_way(fetch, path):
    try:
        return fetch(path)
    except Exception:
        pass
    size = path.stat().st_size
    return size or None


def asks_no_other_way(fetch, path):
    try:
        return fetch.db.query(path)
    except Exception:  # AUD302
        pass
    return None


def quick_way_in_a_loop(fetch, files):
    for file in files:
        try:
            return fetch(file)
        except Exception:
            pass
    return sum(file.stat().st_size for file in files)


def keeps_the_first(sessions):
    first = None
    for session in sessions:
        try:
            session.commit()
        except Exception as error:
            if first is None:
                first = error
    return first


def tidies_and_says_so(path):
    try:
        logger.info("removing %s", path)
        path.unlink()
    except Exception:
        pass


async def tells_subscribers(queues, event):
    for queue in queues:
        try:
            await queue.put(event)
        except Exception:
            pass


def searches(folder, word):
    found = []
    for path in folder.rglob("*"):
        try:
            text = path.read_text()
        except Exception:
            continue
        if word in text:
            found.append(path)
    return found


def reads_some(paths):
    texts = []
    for path in paths:
        try:
            texts.append(path.db.fetch_text())
        except Exception:  # AUD302
            continue
    return texts


async def probes(stream, number):
    # A failed probe falls through to the wait below.
    while True:
        try:
            state = await stream.state(number)
        except Exception:
            break
        if state != "waiting":
            break


def by_name(import_string, name):
    try:
        found = import_string(name)
    except Exception:
        found = None
    return found


class Connection:
    def handle_exception(self, cursor):
        try:
            cursor.execute("reset")
        except Exception:
            pass

    def drain(self, stream):
        while True:
            try:
                self.parts.append(stream.read(10))
            except Exception:
                break


def tidies_before_an_error(remove, volume):
    with contextlib.suppress(Exception):
        remove(volume)
    raise RuntimeError("not started")


async def run_settled(worker, job) -> bool:
    try:
        output = await worker.get_output(job)
    except Exception:
        return False
    return output.status == "done"


def outcome(connection, path) -> bool | None:
    try:
        if connection.find(path).size > 0:
            return True
    except Exception:
        pass
    return None


def marks(target, cache):
    try:
        setattr(target, "_cache", cache)
    except Exception:
        return None
    return cache


async def prints_when_asked_to(session, quiet):
    try:
        await session.commit()
    except Exception as error:
        if not quiet:
            print(error)


def by_another_way(store, name):
    data = None
    try:
        data = store.load_sample(name)
    except Exception:
        pass
    if data is None:
        try:
            data = store.load_all(name)
        except LookupError:
            return None
    return data


def by_no_other_way(store, name):
    data = None
    try:
        data = store.load_sample(name)
    except Exception:  # AUD302
        pass
    if data is None:
        return "not found"
    return data


def leaves_when_done(page, link):
    try:
        page.click(link)
        return
    except Exception:
        pass
    page.press("Enter")


def emits(event_bus, event):
    try:
        event_bus.emit(event)
    except Exception:
        pass


def load_settings(config) -> bool:
    try:
        config.load_from_cluster()
        return True
    except Exception:
        pass
    return False


LINK = __import__("re").compile("link")


def has_link(page):
    try:
        found = LINK.search(page.address)
    except Exception:
        found = None
    return found


def only_asks(page):
    try:
        page.scroll()
    except Exception:
        pass


def valid_address(address, parse):
    try:
        parse.load(address)
        return True
    except Exception:
        return False


def stores_address(store, address):
    try:
        store.save(address)
        return address
    except Exception:  # AUD302
        return False


def one_server_after_another(servers, request, last):
    for server in servers:
        try:
            return request(server)
        except Exception:
            continue
    return last(request)


def _track_visit(client, page):
    try:
        client.send(page)
    except Exception:
        pass


def reporting(out, line):
    # Reporting must never stop the reading.
    try:
        out.write(line)
    except Exception:
        pass


def makes_a_folder(os, path):
    try:
        os.makedirs(path)
    except Exception:
        pass


def answered_below(store, name):
    try:
        data = store.load(name)
    except Exception:
        data = None
    if data is None:
        raise LookupError(name)
    return data


async def publishes(workflow, event):
    with contextlib.suppress(Exception):
        await workflow._apublish_event(event)


def makes_room(store, name):
    try:
        store.drop_table(name)
    except Exception:
        pass
    store.create_table(name)


def drops(store, name):
    try:
        store.drop_table(name)
    except Exception:
        pass
    store.close()


def sets_a_mode(page, mode):
    try:
        page.set_mode(mode)
    except Exception:
        pass


async def sets_a_state(stream, number):
    with contextlib.suppress(Exception):  # AUD302
        await stream.set_state(number)


def candidates(store, names):
    for name in names:
        try:
            return store.load(name)
        except Exception:
            continue
    return None


def says_why_beside_a_mark(store, name):
    try:
        store.save(name)
    except Exception:  # pragma: no cover - saving is best-effort
        pass


def marked_for_coverage(store, name):
    try:
        store.save(name)
    except Exception:  # pragma: no cover # AUD302
        pass


def fails_open(store, name):
    try:
        store.save(name)
    except Exception:  # pragma: no cover - fail open
        pass
