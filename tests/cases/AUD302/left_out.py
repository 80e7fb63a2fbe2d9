import importlib
import importlib.metadata


def read_record(path):
    return path.open().read()


def is_old(record):
    return record > 3


def to_number(text):
    return float(text)


class Runs:
    def __init__(self, root, backends, listeners):
        self.root = root
        self.backends = backends
        self.listeners = listeners

    def summaries(self):
        found = []
        for folder in self.root.iterdir():
            try:
                found.append(self.run_in(folder))
            except Exception:  # AUD302
                continue
        return found

    def run_in(self, folder):
        return folder

    def pending(self):
        found = []
        for folder in self.root.iterdir():
            try:
                record = read_record(folder / "record")
            except Exception:  # AUD302
                continue
            if record:
                found.append((record, folder))
        return found

    def devices(self):
        found = []
        for backend in self.backends:
            try:
                found.extend(backend.devices())
            except Exception:  # AUD302
                continue
        return found

    def parts(self):
        found = {}
        for backend in self.backends:
            method = getattr(backend, "parts", None)
            try:
                for name, part in method().items():
                    found.setdefault(name, []).append(part)
            except Exception:  # AUD302
                continue
        return found

    def evaluate_all(self, numbers):
        for number in numbers:
            try:
                self.evaluate(number)
            except Exception:  # AUD302
                pass

    def evaluate(self, number):
        return number

    def ends_all(self, numbers):
        for number in numbers:
            try:
                self.kill_run(number)
            except Exception:
                pass

    def kill_run(self, number):
        return number

    def sizes(self):
        found = []
        for path in self.root.iterdir():
            try:
                found.append(path.stat().st_size)
            except Exception:
                continue
        return found

    def numbers(self, texts):
        found = []
        for text in texts:
            try:
                found.append(to_number(text))
            except Exception:
                continue
        return found

    def works_with(self, candidates):
        found = []
        for candidate in candidates:
            try:
                found.append(self.run_in(candidate))
            except Exception:
                continue
        return found

    def another_way(self, rows):
        found = []
        for row in rows:
            try:
                found.append(self.run_in(row))
                continue
            except Exception:
                pass
            found.append(row)
        return found

    def step(self, event):
        try:
            self.index.ingest_event(event)
        except Exception:  # AUD302
            pass

    def tells_of_a_crash(self, event):
        try:
            self.index.process_event(event)
        except Exception:
            pass

    def draws(self, figure, axis):
        try:
            figure.update_layout(axis)
        except Exception:
            pass


def load_plugins():
    found = []
    for point in importlib.metadata.entry_points(group="shop.plugins"):
        try:
            found.append(point.load())
        except Exception:  # AUD302
            continue
    return found


def modules_of(names):
    found = []
    for name in names:
        try:
            module = importlib.import_module(name)
        except Exception:  # AUD302
            continue
        found.append(module)
    return found


def fastest():
    found = []
    for name in ("orjson", "ujson"):
        try:
            module = importlib.import_module(name)
        except Exception:
            continue
        found.append(module)
    return found


def list_records(folder):
    return list(folder)


def gathers(folder):
    try:
        records = list_records(folder)
    except Exception:  # AUD302
        records = []
    return {"records": records}


def counts(folder):
    try:
        counts = list_counts(folder)
    except Exception:
        counts = []
    return {"counts": counts}


def list_counts(folder):
    return list(folder)


def some(rows):
    found = []
    try:
        for row in rows.db.fetch_all():
            found.append(row.number)
    except Exception:  # AUD302
        return found
    return found


def goes_through(folder):
    found = {}
    try:
        for record in list_records(folder):
            found[record.number] = record
    except Exception:  # AUD302
        pass
    return found


def log_records(folder, out):
    try:
        records = list_records(folder)
    except Exception:
        records = []
    out.append(records)


def adds_what_there_is(rows):
    shown = []
    for row in rows:
        try:
            row["commit"] = commit_behind(row)
        except Exception:
            pass
        shown.append(row)
    return shown


def commit_behind(row):
    return row["number"]
