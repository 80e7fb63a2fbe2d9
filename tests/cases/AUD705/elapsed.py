"""Timestamps that only measure how long something took: both are off by as much."""

from datetime import datetime


def measured(work):
    started = datetime.utcnow().timestamp()
    work()
    print(datetime.utcnow().timestamp() - started)


def latency(work):
    start = datetime.utcnow()
    work()
    end = datetime.utcnow()
    return end.timestamp() - start.timestamp()


def age(created: float):
    return datetime.utcnow().timestamp() - created  # AUD705


def kept(work, store):
    started = datetime.utcnow().timestamp()  # AUD705
    work()
    store(started)
    return datetime.utcnow().timestamp() - started


def only_a_name(pages):
    stamp = datetime.utcnow().timestamp()
    tmp_file = f"tmp_page_{stamp}.pdf"
    with open(tmp_file, "wb") as file:
        file.write(pages)


def sent(queue):
    stamp = datetime.utcnow().timestamp()  # AUD705
    message = f"at {stamp}"
    queue.put(message)


def transaction(work, tenant):
    transaction_id = f"{tenant}_{datetime.utcnow().timestamp()}"
    return work(transaction_id)


def told(work, tenant):
    line = f"{tenant} {datetime.utcnow().timestamp()}"  # AUD705
    return work(line)


def generate_id(content):
    return hash(f"{content}{datetime.utcnow().timestamp()}")


def is_limited(attempts, window):
    now = datetime.utcnow().timestamp()
    recent = [one for one in attempts if now - one < window]
    attempts.append(now)
    return len(recent) > 3
