import subprocess


def interface_address(interface):
    try:
        out = subprocess.check_output(["ip", "-o", "addr", "show", "dev", interface], text=True)
        for line in out.splitlines():
            return line.split()[3]
    except Exception:  # AUD302
        pass
    return ""


class Datasets:
    def __init__(self, client):
        self.client = client

    def dataset_by_number(self, number):
        try:
            answer = self.client.query_dataset(number)
            return answer.dataset
        except Exception:  # AUD302
            return None

    def changed(self, number):
        try:
            return self.client.query_dataset(number).changed
        except Exception:
            return False

    def title_of(self, number):
        try:
            return self.client.query_dataset(number).title
        except Exception:
            return None

    def dataset_name(self, number):
        try:
            return self.client.query_dataset(number).name
        except Exception:
            return None


def recent(url):
    try:
        from store.index import Index

        index = Index(url)
        return index.session.query("recent")
    except Exception:  # AUD302
        return []


def optional(url):
    try:
        from store.index import Index

        return Index(url)
    except Exception:
        return None


def migrate(con):
    for migration in ("ALTER TABLE agents ADD COLUMN version TEXT",):
        try:
            con.execute(migration)
        except Exception:  # AUD302
            pass


def subnets(interface):
    found = []
    try:
        for line in subprocess.check_output(["ip", "addr", "show", interface], text=True).splitlines():
            found.append(line.split()[3])
    except Exception:  # AUD302
        pass
    return found


def collects(futures):
    rows = []
    for future in futures:
        try:
            rows.append(future.result())
        except Exception:  # AUD302
            continue
    return rows


def forgets(task):
    try:
        task.result()
    except Exception:
        return


def registers(registry, model):
    try:
        registry.register(model)
    except Exception:  # AUD302
        pass


def answers_somehow(question):
    try:
        return subprocess.check_output(["ask", question], text=True)
    except Exception:
        pass
    try:
        return subprocess.check_output(["search", question], text=True)
    except Exception:
        return None


class Sessions:
    def load_session(self, number):
        try:
            return self.store().load_transcript(number)
        except Exception:  # AUD302
            return None


async def passes_on(upstream):
    try:
        async for part in upstream():
            yield part
    except Exception:  # AUD302
        pass


def reads_lines(lines, Row):
    rows = []
    for line in lines:
        try:
            rows.append(Row.model_validate_json(line))
        except Exception:  # AUD302
            continue
    return rows


def keeps(session, row):
    try:
        session.add(row)
        session.commit()
    except Exception:  # AUD302
        session.rollback()
    return {"kept": "yes"}


def opens(messages, crypto, key):
    texts = {}
    for message in messages:
        try:
            texts[message.number] = crypto.decrypt(key, message.body)
        except Exception:  # AUD302
            continue
    return texts


def states(client, names):
    found = {}
    for name in names:
        state = "down"
        try:
            state = client.query_state(name)
        except Exception:
            pass
        found[name] = state
    return found


def plans(client, names):
    found = {}
    for name in names:
        plan = "free"
        try:
            plan = client.query_plan(name)
        except Exception:  # AUD302
            pass
        found[name] = plan
    return found


async def ping_db(engine):
    try:
        async with engine.connect() as connection:
            await connection.execute("select 1")
    except Exception:
        return None
    return engine.name
