class Refused(Exception):
    pass


class _NotLocal(Exception):
    pass


class NotThere(Exception):
    pass


def save(runtime, proposal):
    try:
        return runtime.save_policy(proposal)
    except Exception:
        raise Refused("policy_conflict", 409) from None


def save_all(runtime, proposals):
    try:
        return runtime.save_all(proposals)
    except Exception:
        raise Refused("not saved", 503) from None  # AUD307


def local(spark):
    try:
        return spark.context.configuration()
    except Exception:
        raise _NotLocal("no virtual machine") from None


def claim(spark, log):
    try:
        return local(spark)
    except _NotLocal as reason:
        log.info("written directly: %s", reason)
        return None


def stored(store):
    try:
        return store.fetch_all()
    except Exception:
        raise NotThere("nothing") from None  # AUD307
