import contextlib
import json
import os


async def publishes_title(chats, chat, title):
    try:
        await chats.update_title(chat, title)
    except Exception:  # AUD302
        pass


async def keeps_events(stream, run, events):
    for event in events:
        with contextlib.suppress(Exception):  # AUD302
            await stream.add_event(run, event)


async def joins(teams, user):
    for team in teams:
        with contextlib.suppress(Exception):  # AUD302
            await add_member(team, user)


async def shows_typing(client, room):
    try:
        await client.set_typing(room, timeout=30)
    except Exception:
        pass


async def reacts(message, emoji):
    with contextlib.suppress(Exception):
        await message.add_reaction(emoji)


async def marks_read(client, chat):
    try:
        await client.mark_read(chat)
        return True
    except Exception:
        return False


async def marks_seen(client, chat):
    try:
        await client.mark_seen(chat)
        return True
    except Exception:
        pass
    return False


async def drops_a_key(cache, key):
    with contextlib.suppress(Exception):
        await cache.async_delete_cache(key=key)


def makes_index(client, name):
    try:
        client.create_index(name)
    except Exception:  # AUD302
        pass


def collects(found, value):
    try:
        found.add(value.name())
    except Exception:
        pass


def keeps_configuration(folder, template):
    try:
        with open(os.path.join(folder, "settings.json"), "w") as file:
            json.dump(template, file)
    except Exception:  # AUD302
        pass


def tells_of_a_crash(folder, text):
    try:
        with open(os.path.join(folder, "crash.txt"), "a") as file:
            file.write(text)
    except Exception:
        pass


def guarded(client, name, logger):
    try:
        try:
            client.create_index(name)
        except Exception:
            logger.exception("no index %s", name)
    except Exception:
        pass


def get_screenshot(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except Exception:  # AUD302
        return None


def get_jobs(client, project):
    try:
        answer = client.list_jobs(project)
    except Exception:  # AUD302
        return []
    return answer.jobs


def load_first(paths):
    for path in paths:
        try:
            with open(path) as file:
                return json.load(file)
        except Exception:
            continue
    return None


def load_all(paths):
    found = []
    for path in paths:
        try:
            with open(path) as file:
                found.append(json.load(file))
        except Exception:  # AUD302
            continue
    return found


def get_room_name(client, room):
    try:
        return client.get_state(room, "name")
    except Exception:
        return None


def get_max_tokens(client, model):
    try:
        return client.get_model(model)["max_tokens"]
    except Exception:
        return None


def machine_of(client, number):
    try:
        return client.get_machine(number)
    except Exception:  # AUD302
        return None


def warn_if_same(connection, name, warn):
    try:
        row = connection.execute("select current_database()").fetchone()
    except Exception:
        return
    if row == name:
        warn(name)


async def kills(numbers, asyncio):
    try:
        killing = await asyncio.create_subprocess_exec("kill", "-TERM", *numbers)
        await killing.wait()
    except Exception:
        pass


def get_page_summary(client, address):
    try:
        return client.get(address).text
    except Exception:  # AUD302
        return ""


def get_next_time(path):
    try:
        with open(path) as file:
            return int(file.read())
    except Exception:
        return False


class RowCache:
    def set(self, session, key, value):
        try:
            session.execute("insert into cache values (?, ?)", (key, value))
            session.commit()
        except Exception:
            pass


async def health_check(conn, state):
    try:
        await conn.update_state(state)
    except Exception:
        pass
    return state


async def _read_if_present(session, path):
    try:
        return await session.read(path)
    except Exception:
        return ""


async def _read_preview(path, to_thread):
    def _read():
        try:
            with path.open("r", encoding="utf-8", errors="ignore") as lines:
                return lines.read(1024)
        except Exception:
            return ""

    return await to_thread(_read)


async def _read_rules(path, to_thread):
    def _read():
        try:
            with path.open("r", encoding="utf-8") as lines:
                return lines.read()
        except Exception:  # AUD302
            return ""

    return await to_thread(_read)
