import contextlib
import json
import time
import uuid

import alembic.op
import torch
from alembic import op


def commits(session, user):
    session.add(user)
    try:
        session.commit()
    except Exception:  # AUD302
        session.rollback()


def asks_a_provider(client, number):
    try:
        machine = client.get_machine(number)
    except Exception:  # AUD302
        return None
    return machine.address


def makes_rows(model, rows, db):
    made = 0
    for row in rows:
        try:
            model.create_or_update(db=db, data=row)
            made += 1
        except Exception:  # AUD302
            pass
    return made


def writes_a_number(path, number):
    try:
        with open(path, "w") as file:
            file.write(str(number))
    except Exception:  # AUD302
        pass


def writes_settings(path, settings):
    try:
        path.write_text(json.dumps(settings))
    except Exception:  # AUD302
        pass


def reads_a_number(path):
    try:
        with open(path, "r") as file:
            return file.read()
    except Exception:  # AUD302
        return None


def changes_the_schema():
    try:
        op.add_column("project", "name")
    except Exception:  # AUD302
        pass


def changes_it_by_its_full_name():
    try:
        alembic.op.create_unique_constraint("unique_name", "project", ["name"])
    except Exception:  # AUD302
        pass


def changes_where_it_can():
    # try - for sqlite database
    try:
        op.execute("ALTER TABLE project DROP CONSTRAINT unique_name")
    except Exception:
        pass


def tells_an_actor(self, number):
    try:
        self.guard_ref.update_state(number)
    except Exception:
        pass


def changes_a_graph(figure, axis):
    try:
        figure.update_layout(axis)
    except Exception:
        pass


def adds_to_what_it_has(rules, text):
    for part in text:
        try:
            rules.append(create_rule(part))
        except Exception:  # AUD302
            continue


def computes(model, picture):
    try:
        with torch.no_grad():
            return model.lines_of(picture)
    except Exception:
        return None


def loads_weights(path):
    try:
        return torch.load(path)
    except Exception:  # AUD302
        return None


async def shows_that_it_types(channel, chat):
    try:
        await channel.send_typing(chat)
    except Exception:
        pass


def signals(changed, number):
    try:
        changed.send(number=number)
    except Exception:
        pass


def check_database(engine):
    try:
        engine.connect().execute("select 1")
    except Exception:
        return False, False
    return True, True


def latest_version(http):
    try:
        return http.get("https://example.org/version").json()["version"]
    except Exception:
        return None


def _save_cache(path, table):
    try:
        path.write_text(json.dumps(table))
    except Exception:
        path.unlink()


def publish_error(store, error):
    try:
        store.set("error", str(error))
    except Exception:
        pass


def size_for_show(session):
    # Try to get the size, if there is one
    size = None
    try:
        size = session.execute("select count(*) from cache").scalar()
    except Exception:
        pass
    return size


def may_be_a_number(session, values):
    for key, value in values.items():
        try:
            uuid.UUID(value)
            values[key] = session.get(value)
        except Exception:
            pass


def takes_away(pool, address):
    try:
        pool.remove_member(address)
    except Exception:
        pass


def asks_by_put(answers, message):
    try:
        answers.put(message, block=False)
    except Exception:
        pass


def drops_what_may_not_be_there():
    try:
        op.drop_constraint("unique_name", "project")
    except Exception:
        pass


def changes_a_table_at_once():
    try:
        with op.batch_alter_table("project") as batch_op:
            batch_op.create_unique_constraint("unique_name", ["name"])
    except Exception:  # AUD302
        pass


def says_why_behind(session, user):
    try:
        session.add(user)
        session.commit()
    except Exception:
        session.rollback()
        # the history is not worth a failure of the query


def says_nothing_behind(session, user):
    try:
        session.add(user)
        session.commit()
    except Exception:  # AUD302
        session.rollback()
    # the history has been written by now
    return user


def is_documented(http, number):
    """
    Take a file away.

    Returns:
        bool: True if it has been deleted, False otherwise
    """
    try:
        http.delete(f"/files/{number}").raise_for_status()
        return True
    except Exception:
        return False


def asks_and_goes_on(client, numbers):
    name = None
    try:
        name = client.get_name(numbers[0])
    except Exception:
        pass
    return name or "unknown"


def asks_and_leaves_out(client, numbers):
    names = []
    for number in numbers:
        try:
            names.append(client.get_name(number))
        except Exception:
            continue
    return names


def tool_of(repository):
    try:
        return repository.get_tool()
    except Exception:  # AUD302
        return None


async def headers_of(backend, folder):
    try:
        return await backend.list_dir(folder)
    except Exception:  # AUD302
        return []


def inserts_into_a_list(candidates, server):
    try:
        candidates.insert(0, server.address)
    except Exception:
        pass


def deletes_what_may_not_be_there(apps):
    try:
        kind = apps.get_model("models", "Kind")
        kind.objects.get(name="identifier").delete()
    except Exception:
        pass


def storage_of(http, name):
    """The name of the storage, which falls back to the built-in one."""
    try:
        return http.get(f"/storage/{name}").text
    except Exception:
        return None


class Database:
    def test(self, cursor):
        try:
            cursor.execute("select name from configuration")
        except Exception:
            return False
        return cursor.fetchone() is not None and cursor.rowcount


def takes_away_and_gives_up(store, name):
    try:
        store.drop_table(name)
    except Exception:  # AUD302
        return None
    return name


async def tells_others(socket, client, message):
    try:
        await socket.send_json(message)
    except Exception:
        pass
    try:
        client.publish("changes", message)
    except Exception:
        pass


async def adds_a_sign(message):
    with contextlib.suppress(Exception):
        await message.add_reaction("eyes")


async def keeps_its_state(folder, state):
    with contextlib.suppress(Exception):  # AUD302
        (folder / "state.json").write_text(json.dumps(state))


async def holds(client, name, token) -> bool:
    with contextlib.suppress(Exception):
        await client.set(name, token)
        return True
    return False


def revert(session, repository):
    try:
        repository.give_back(session)
        session.commit()
    except Exception:
        session.rollback()


def namespace_contains(connection, key):
    try:
        return connection.execute("select 1 from names where key = ?", (key,)).fetchone() is not None
    except Exception:
        return False


def says_why_in_a_script_without_spaces(cursor):
    try:
        return cursor.execute("select 1").fetchall()
    except Exception:
        # 返回空列表，确保即使出错也有有效的返回值
        return []


def port_of(http, ports):
    for port in ports:
        try:
            if http.get(f"http://localhost:{port}/json").status_code == 200:
                return port
        except Exception:
            pass
    return None


async def role_of(service, account):
    """The role of an account, without failing the request."""
    try:
        return await service.list_members(account)
    except Exception:
        return None


def asks_and_changes(session, number):
    try:
        session.execute("update jobs set state = 'done' where id = :id", {"id": number})
    except Exception:  # AUD302
        pass
    try:
        session.execute("select 1")
    except Exception:
        pass


def polls(store, number):
    for _ in range(30):
        time.sleep(0.5)
        try:
            rows = store.load_rows(number)
        except Exception:
            continue
        if rows:
            store.write_rows(number, rows)


async def notes_a_conversation(register_session, session):
    try:
        await register_session(session=session)
    except Exception:
        pass


def paths_of(store, node):
    """
    The paths of a node; an empty list on any
    failure.
    """
    try:
        return store.find_paths(node)
    except Exception:
        return []


def rows_of(store, statement):
    try:
        return list(store.query(statement))
    except Exception:  # AUD302
        return []


async def content_of(session, url):
    try:
        return await session.get(url, timeout=3)
    except Exception:  # AUD302
        return None


def empties_the_answer_of_a_database(redis, key):
    try:
        numbers = redis.zrange(key, 0, -1)
    except Exception:  # AUD302
        numbers = []
    for number in numbers:
        redis.delete(number)


def stays_empty_as_before(connection, number):
    owner = None
    try:
        order = connection.fetch_one(number)
        owner = order.owner
    except Exception:  # AUD302
        pass
    return {"owner": owner, "number": number}


def empties_the_answer_of_a_client(client, number):
    try:
        run = client.get_run(number)
    except Exception:  # AUD302
        run = None
    return {"run": run}


def leaves_out_what_a_client_has(client, numbers):
    runs = []
    for number in numbers:
        try:
            runs.append(client.get_run(number))
        except Exception:  # AUD302
            continue
    return runs


def asks_for_a_tool(repository):
    try:
        tool = repository.get_tool()
    except Exception:  # AUD302
        tool = None
    return {"tool": tool}


def empties_a_request(session, address):
    try:
        answer = session.get(f"https://{address}")
    except Exception:  # AUD302
        answer = None
    return {"answer": answer}


def writes_less_than_there_was(path, number):
    try:
        with open(path) as file:
            known = json.load(file)
    except Exception:  # AUD302
        known = {}
    known[number] = True
    path.write_text(json.dumps(known))


def writes_something_else(path, number):
    try:
        with open(path) as file:
            head = file.readline()
    except Exception:  # AUD302
        head = ""
    path.with_suffix(".new").write_text(json.dumps({"head": head, "number": number}))


def read_checkpoint(path):
    checkpoint = None
    try:
        with open(path) as file:
            checkpoint = json.load(file)
    except Exception:  # AUD302
        pass
    return checkpoint


def keeps_nothing(tokens):
    try:
        save_tokens(tokens)
    except Exception:  # AUD302
        pass


def keeps_what_it_is_given(tokens):
    try:
        return save_tokens(tokens)
    except Exception:  # AUD302
        return None


def model_of(store, number):
    model = ""
    try:
        model = store.load_meta(number).model
    except Exception:  # AUD302
        model = ""
    return {"model": model}


def describes(graph, names):
    for name in names:
        try:
            found = graph.execute(f"DESCRIBE TAG {name}")
        except Exception:
            found = []
        yield name, found


def finds_one(models, name):
    for model in models:
        try:
            number = model.objects.get(name=name).pk
        except Exception:
            continue
        if number is not None:
            return number
    return None


def keeps_for_later(html, user_id):
    try:
        PageCache.objects.update_or_create(user_id=user_id, defaults={"html": html})
    except Exception:
        pass


def gathers(names, make):
    pool = set()
    try:
        for name in names:
            pool.add(make(name))
    except Exception:
        if not pool:
            return ["default"]
    return list(pool)


def gathers_for_all(pool, names, make):
    try:
        for name in names:
            pool.insert(make(name))
    except Exception:  # AUD302
        if not names:
            return ["default"]
    return list(names)
