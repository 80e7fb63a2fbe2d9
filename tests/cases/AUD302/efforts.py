"""What a block gets or does elsewhere, and items that a loop was to collect."""

import contextlib
import io
import wave


async def waits_for_work(worker, number):
    try:
        await worker.fetch_next(number)
    except Exception:  # AUD302
        pass


async def waits_for_something(worker, number):
    try:
        await worker.embed(number)
    except Exception:
        pass


async def tells_somebody(socket, message):
    try:
        await socket.send_text(message)
    except Exception:
        pass


async def edits_what_it_showed(transport, message, text):
    try:
        await transport.edit_text(message, text)
    except Exception:
        pass


async def steps_on_a_page(page):
    try:
        await page.dismiss_dialog()
    except Exception:
        pass


async def reads_an_element(self, selector):
    try:
        return await self._locator(selector).inner_text()
    except Exception:
        return None


def goes_on_with_nothing(requests, address):
    try:
        accounts = requests.get(address).json()
    except Exception:  # AUD302
        accounts = []
    return {"accounts": accounts}


def collects(names, load_row):
    rows = []
    for name in names:
        try:
            rows.append(load_row(name))
        except Exception:  # AUD302
            continue
    return rows


def collects_what_it_builds(rows, build):
    built = []
    for row in rows:
        try:
            built.append(build(row))
        except Exception:
            continue
    return built


def collects_conversions(rows):
    numbers = []
    for row in rows:
        try:
            numbers.append(int(row["number"]))
        except Exception:
            continue
    return numbers


def collects_candidates(rows, build):
    candidates = []
    for row in rows:
        try:
            candidates.append(build(row))
        except Exception:
            continue
    return candidates


def measures_what_it_has(content):
    try:
        with wave.open(io.BytesIO(content), "rb") as sound:
            return sound.getnframes()
    except Exception:
        return None


def asks_whether_it_answers(session):
    try:
        session.execute("select 1")
    except Exception:
        pass


def gives_the_reason_above(client, number):
    try:
        return client.get_machine(number)
    # A machine that nobody reaches counts as absent.
    except Exception:
        return None


def sets_what_another_keeps(state, dataset, name):
    try:
        state.view = dataset.get_view(name)
    except Exception:  # AUD302
        pass


def makes_it_of_what_it_was(column, parse_type):
    try:
        column.kind = parse_type(column.kind)
    except Exception:
        pass


async def iterates(queue):
    while True:
        try:
            yield await queue.get()
        except Exception:
            break


async def streams(response, queue):
    try:
        while True:
            await response.write(await queue.take())
    except Exception:
        pass


def raises_a_window(window):
    try:
        window.restore()
    except Exception:
        pass


async def picks_a_host(hosts, session):
    for host in hosts:
        with contextlib.suppress(Exception):
            async with session.get(host) as response:
                if response.status == 200:
                    return host
    raise LookupError


async def interrupts(client):
    with contextlib.suppress(Exception):
        await client.interrupt()


def waits_for_a_task(result):
    try:
        result.get()
    except Exception:  # AUD302
        pass


def searches_elsewhere(song, lyrics_search):
    try:
        text = lyrics_search(song)
    except Exception:  # AUD302
        text = None
    return {"song": song, "text": text}


def takes_the_default(name, default, open_text):
    try:
        text = open_text(name).read_text()
    except Exception:
        if name != default:
            text = takes_the_default(default, default, open_text)
        else:
            text = ""
    return text


def parses_a_cookie(jar, raw):
    try:
        jar.load(raw)
    except Exception:
        return ""
    return jar["session"]


async def keeps_alive(socket, sleep):
    try:
        while True:
            await socket.ping()
            await sleep(30)
    except Exception:
        return


async def looks_at_a_message(request, loads):
    is_first = False
    try:
        is_first = loads(await request.body())["method"] == "initialize"
    except Exception:
        pass
    return is_first


def collects_texts(parts):
    texts = []
    for part in parts:
        try:
            texts.append(part.model_dump()["text"])
        except Exception:
            pass
    return texts


def ends_a_connection(conn):
    try:
        conn.logout()
    except Exception:
        pass


def read_spinner_words(path):
    try:
        with open(path) as file:
            return file.read()
    except Exception:
        return None


async def passes_on(reader, writer):
    try:
        while not reader.at_eof():
            writer.feed(await reader.read(1024))
    except Exception:
        pass


def _dump_request(path, text):
    try:
        with open(path, "w") as file:
            file.write(text)
    except Exception:
        pass


def _save_at_exit(store, state):
    try:
        store.save_state(state)
    except Exception:
        pass


def user_of(request):
    try:
        user = request.session.get("user")
    except Exception:
        user = None
    return {"user": user}
