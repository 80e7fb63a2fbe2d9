import logging

logger = logging.getLogger(__name__)


def runs(task, load):
    try:
        task.result = load()
    except Exception as error:
        task.error = str(error)
        logger.error("task failed: %s", error)  # AUD303


def tells(task, load, memory):
    try:
        task.result = load()
    except Exception as error:
        logger.error(f"task failed: {error}")  # AUD303
        memory.add_message(f"it failed: {error}")


def writes(task, load):
    try:
        task.result = load()
    except Exception as error:
        text = repr(error)
        logger.error(f"task failed: {text}")  # AUD303


def answers(load):
    try:
        return {"rows": load()}
    except Exception as error:
        text = f"no rows: {error}"
        logger.error(text)
        return {"error": text}


def gives_back(load):
    result = {}
    try:
        result["rows"] = load()
    except Exception as error:
        logger.error("no rows: %s", error)
        result["error"] = str(error)
    return result


def collects(loads):
    failures = []
    for load in loads:
        try:
            load()
        except Exception as error:
            logger.error("not loaded: %s", error)
            failures.append(str(error))
    return failures


def hands_on(future, load):
    try:
        future.set_result(load())
    except Exception as error:
        logger.error("not loaded: %s", error)
        future.set_exception(error)


def signs_out(session):
    try:
        session.flush_tokens()
        return {"success": True, "message": "signed out"}
    except Exception as error:
        logger.error(f"sign-out failed: {error}")  # AUD303
        return {"success": True, "message": "signed out"}


def names_class_alone(load, failures):
    try:
        load()
    except Exception as error:
        text = f"not loaded ({type(error).__name__})"
        logger.error(text)  # AUD303
        failures.append(text)


def redacts(load, redact):
    try:
        load()
    except Exception as error:
        text = f"not loaded: {error}"
        logger.error(redact(text))
