"""An audit with every status, a chain, a file that cannot be parsed, and text that each format has to escape."""

from __future__ import annotations

from flake8_auditrules.registry import all_rules
from flake8_auditrules.reporting.record import Audit, Identity, Record, Status, ordered
from flake8_auditrules.rule import Examined, Step

NASTY = 'requests.get("http://h/?a=%d,b:c") | `x` <b> & \u2028 ]]> \x0c * _'


def record(
    code: str = "AUD301",
    path: str = "app/jobs.py",
    scope: str = "Jobs.run",
    line: int = 3,
    status: Status = Status.NEW,
    text: str = "`except:` also catches KeyboardInterrupt; name the exceptions",
    source: tuple[str, ...] = ("    except:", "        pass"),
    ordinal: int = 0,
    steps: tuple[Step, ...] = (),
) -> Record:
    squeezed = " ".join(source[0].split()) if source else ""
    gone = status is Status.FIXED
    return Record(
        Identity(path, scope, code, squeezed, ordinal),
        path,
        0 if gone else line,
        0 if gone else line + max(0, len(source) - 1),
        0 if gone else 5,
        text,
        status,
        () if gone else source,
        steps,
    )


def audit(*records: Record) -> Audit:
    codes = tuple(rule.code for rule in all_rules())
    return Audit(ordered(records), {"AUD301": Examined(14, 12)}, codes, 3, ("app",), "2026-01-02T03:04:05+00:00")


def full() -> Audit:
    """One of everything."""
    return audit(
        record(),
        record(line=9, ordinal=1, status=Status.EXISTING),
        record(path="app/[odd] name, 100%:x.py", status=Status.REGRESSION, text=NASTY, source=(NASTY, "```")),
        record(path="gone.py", status=Status.FIXED),
        record(
            "AUD101",
            scope="fetch",
            line=20,
            text="`load()` blocks the event loop (load -> time.sleep); use `asyncio.sleep`",
            steps=(Step("app/jobs.py", 20, "load"), Step("lib/x.py", 4, "time.sleep")),
        ),
        record("E999", "broken.py", "", 1, text="SyntaxError: invalid syntax", source=("def f(:",)),
        record("W291", "plain.py", "", 1, text="trailing whitespace", source=()),
    )
