"""The end of a `with` block waits for the job after the timeout has run out."""

from concurrent.futures import ThreadPoolExecutor, TimeoutError, as_completed


def search(backend, request, timeout):
    with ThreadPoolExecutor(max_workers=1) as pool:  # AUD502
        future = pool.submit(backend.search, request)
        try:
            return future.result(timeout=timeout)
        except TimeoutError as error:
            raise RuntimeError("timed out") from error


def ask(question):
    with ThreadPoolExecutor() as pool:  # AUD502
        return pool.submit(question.ask).result(10)


def ask_all(questions):
    with ThreadPoolExecutor() as pool:  # AUD502
        futures = [pool.submit(question.ask) for question in questions]
        return [future.result(timeout=30) for future in futures]


def first_answers(questions, limit):
    answers = []
    with ThreadPoolExecutor() as pool:  # AUD502
        futures = {pool.submit(question.ask): question for question in questions}
        for future in as_completed(futures, timeout=limit):
            answers.append(future.result())
    return answers


def first_answers_and_no_more(questions, limit):
    answers = []
    with ThreadPoolExecutor() as pool:
        futures = {pool.submit(question.ask): question for question in questions}
        try:
            for future in as_completed(futures, timeout=limit):
                answers.append(future.result())
        except TimeoutError:
            for future in futures:
                future.cancel()
    return answers


LIMIT = 5


class Prober:
    def probe(self, address):
        return address.connect(timeout=LIMIT)

    def probe_all(self, addresses):
        with ThreadPoolExecutor() as pool:
            futures = [pool.submit(self.probe, address) for address in addresses]
            return [future.result(timeout=30) for future in futures]


def with_some_seconds_more(question):
    with ThreadPoolExecutor() as pool:
        return pool.submit(question.ask).result(timeout=LIMIT + 2)


def without_limit(backend, request):
    with ThreadPoolExecutor(max_workers=1) as pool:
        future = pool.submit(backend.search, request)
        return future.result(timeout=None)


def with_its_own_limit(backend, request, timeout):
    with ThreadPoolExecutor(max_workers=1) as pool:
        future = pool.submit(backend.search, request, timeout)
        other = pool.submit(lambda: backend.search(request, timeout=3))
        return future.result(timeout=timeout), other.result(timeout=4)


def with_a_limit_inside(backend, request):
    def search():
        return backend.search(request, timeout=3)

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(search).result(timeout=4)


def with_the_limit_of_what_is_given(connect, settings):
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(lambda: connect(settings)).result(timeout=settings.limit + 5)


def with_a_limit_further_in(backend, request):
    def search():
        return backend.search(request, timeout=3)

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(lambda: list(search())).result(timeout=4)


def told_to_stop(backend, request):
    with ThreadPoolExecutor(max_workers=1) as pool:
        future = pool.submit(backend.search, request)
        try:
            return future.result(timeout=5)
        except TimeoutError:
            backend.stop()
            raise


def with_progress(backend, request, show):
    with ThreadPoolExecutor(max_workers=1) as pool:
        future = pool.submit(backend.search, request)
        while True:
            try:
                return future.result(timeout=1)
            except TimeoutError:
                show()


def done_already(questions):
    with ThreadPoolExecutor() as pool:
        futures = {pool.submit(question.ask): question for question in questions}
        return [future.result(timeout=1) for future in as_completed(futures)]


def after_the_block(question):
    with ThreadPoolExecutor() as pool:
        future = pool.submit(question.ask)
    return future.result(timeout=10)


def of_another(pool, question):
    with ThreadPoolExecutor() as own:
        own.submit(question.ask)
        return pool.submit(question.ask).result(timeout=10)


def without_a_block(question):
    pool = ThreadPoolExecutor()
    try:
        return pool.submit(question.ask).result(timeout=10)
    finally:
        pool.shutdown(wait=False)
