import atexit
import os
import shutil
import tempfile
from pathlib import Path


def removed_in_finally(read):
    folder = tempfile.mkdtemp()
    try:
        return read(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def removed_in_finally_if_there(read):
    descriptor, path = tempfile.mkstemp()
    os.close(descriptor)
    try:
        return read(path)
    finally:
        if os.path.exists(path):
            os.unlink(path)


def staged(target, text):
    with tempfile.NamedTemporaryFile("w", delete=False) as file:
        file.write(text)
    try:
        os.replace(file.name, target)
    except OSError:
        os.unlink(file.name)
        raise


def handed_to_caller():
    return tempfile.mkdtemp()


def named_for_caller(text):
    with tempfile.NamedTemporaryFile("w", delete=False) as file:
        file.write(text)
    return file.name


def registered(read):
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    return read(folder)


def callback(read, stack):
    folder = Path(tempfile.mkdtemp())
    stack.callback(shutil.rmtree, folder)
    return read(folder)


def removes_itself(read):
    with tempfile.NamedTemporaryFile() as file:
        return read(file.name)


def kept_on_wish(read, keep):
    folder = tempfile.mkdtemp()
    try:
        return read(folder)
    finally:
        if not keep:
            shutil.rmtree(folder)


class Workspace:
    def __init__(self):
        self.folder = tempfile.mkdtemp()

    def close(self):
        shutil.rmtree(self.folder)


def pair(read):
    descriptor, path = tempfile.mkstemp()  # AUD212
    os.close(descriptor)
    found = read(path)
    os.remove(path)
    return found


def before_the_try(read, fetch):
    folder = Path(tempfile.mkdtemp())  # AUD212
    fetch(folder / "data")
    try:
        return read(folder)
    finally:
        shutil.rmtree(folder)


def early_return(read):
    folder = tempfile.mkdtemp()  # AUD212
    target = os.path.join(folder, "out")
    if not read(target):
        return None
    shutil.rmtree(folder)
    return True


def registered_later(read, log):
    folder = tempfile.mkdtemp()
    log.info("made %s", folder)
    atexit.register(shutil.rmtree, folder)
    return read(folder)


def unrelated_before_the_try(read, settings):
    folder = tempfile.mkdtemp()
    name = settings.name()
    try:
        return read(folder, name)
    finally:
        shutil.rmtree(folder)


def named_after_the_writing(source, read):
    path = None
    try:
        with tempfile.NamedTemporaryFile(delete=False) as file:  # AUD212
            shutil.copyfileobj(source, file)
            path = file.name
        return read(path)
    finally:
        if path:
            os.unlink(path)


def named_before_the_writing(source, read):
    path = None
    try:
        with tempfile.NamedTemporaryFile(delete=False) as file:
            path = file.name
            shutil.copyfileobj(source, file)
        return read(path)
    finally:
        if path:
            os.unlink(path)


def only_written(data, read):
    path = None
    try:
        with tempfile.NamedTemporaryFile(delete=False) as file:
            file.write(data)
            path = file.name
        return read(path)
    finally:
        if path:
            os.unlink(path)


def removed_by_the_file_itself(source, read):
    path = None
    try:
        file = tempfile.NamedTemporaryFile(delete=False)
        shutil.copyfileobj(source, file)
        path = file.name
        return read(path)
    finally:
        os.unlink(file.name)


def told_first(read, log):
    folder = tempfile.mkdtemp()
    log.warn("reading in %s", folder)
    try:
        return read(folder)
    finally:
        shutil.rmtree(folder)
