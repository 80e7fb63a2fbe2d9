import shutil
import tempfile
import zipfile
from pathlib import Path

from fastapi import HTTPException


class UnsafeMember(ValueError):
    pass


def raised_past_handler(path, unpack):
    folder = Path(tempfile.mkdtemp())  # AUD212
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if ".." in member.filename:
                    raise HTTPException(400, "unsafe path")
            unpack(archive, folder)
    except zipfile.BadZipFile as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise HTTPException(400, "no archive") from error
    return [folder]


def removed_before(path, unpack):
    folder = Path(tempfile.mkdtemp())
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if ".." in member.filename:
                    shutil.rmtree(folder)
                    raise HTTPException(400, "unsafe path")
            unpack(archive, folder)
    except zipfile.BadZipFile as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise HTTPException(400, "no archive") from error
    return [folder]


def removed_further_out(path, unpack):
    folder = None
    try:
        folder = Path(tempfile.mkdtemp())
        try:
            if not zipfile.is_zipfile(path):
                raise HTTPException(400, "no archive")
            unpack(path, folder)
        except OSError:
            shutil.rmtree(folder)
            raise
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def caught_by_wider(path, unpack):
    folder = Path(tempfile.mkdtemp())
    try:
        if not zipfile.is_zipfile(path):
            raise ValueError("no archive")
        unpack(path, folder)
    except Exception:
        shutil.rmtree(folder)
        raise
    return [folder]


def of_unknown_ancestry(path, unpack, Refused):
    folder = Path(tempfile.mkdtemp())
    try:
        if not zipfile.is_zipfile(path):
            raise UnsafeMember(path)
        if not path.name:
            raise Refused(path)
        unpack(path, folder)
    except ValueError:
        shutil.rmtree(folder)
        raise
    return [folder]


def caught_and_gone_on(path, unpack):
    folder = Path(tempfile.mkdtemp())
    try:
        try:
            if not zipfile.is_zipfile(path):
                raise KeyError(path)
            unpack(path, folder)
        except KeyError:
            print("none")
    except OSError:
        shutil.rmtree(folder)
        raise
    shutil.rmtree(folder)


def removed_by_job(path, unpack, jobs):
    folder = Path(tempfile.mkdtemp())  # AUD212
    names = unpack(path, folder)
    if not names:
        raise HTTPException(400, "nothing in it")

    def work():
        try:
            return len(names)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    return jobs.start(work)


def removed_by_job_and_before(path, unpack, jobs):
    folder = Path(tempfile.mkdtemp())
    try:
        names = unpack(path, folder)
    except BaseException:
        shutil.rmtree(folder)
        raise

    def work():
        try:
            return len(names)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    return jobs.start(work)


def removed_by_lambda_at_once(path, unpack, jobs):
    folder = Path(tempfile.mkdtemp())
    jobs.at_end(lambda: shutil.rmtree(folder))
    return unpack(path, folder)


def removed_by_function_before(path, unpack):
    folder = None

    def clean():
        if folder is not None:
            shutil.rmtree(folder)

    folder = Path(tempfile.mkdtemp())
    unpack(path, folder)
    clean()
