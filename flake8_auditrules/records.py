"""Records: `NamedTuple` as `typing` has it, for a fraction of the time that it takes there to make a class."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    # An editor starts a process for each keystroke. `typing` compiles each field's annotation and `collections` a
    # constructor for each class; with this package's classes that takes as long as all rules on a usual file.
    from collections import namedtuple
    from operator import itemgetter

    try:
        from _collections import _tuplegetter
    except ImportError:

        def _tuplegetter(position, document):
            return property(itemgetter(position), doc=document)

    def _made_first(cls, *values, **named):
        """Make a class's first instance, and its constructor, which only the classes that are used need."""
        defaults = cls._field_defaults.values()
        cls.__new__ = namedtuple(cls.__name__, cls._fields, defaults=defaults, module=cls.__module__).__new__
        return cls(*values, **named)

    class _Record(tuple):
        __slots__ = ()
        _fields = ()

        @classmethod
        def _make(cls, values):
            return cls(*values)

        def _replace(self, **changes):
            changed = tuple.__new__(type(self), map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"{type(self).__name__} has no field {', '.join(changes)}")
            return changed

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            values = ", ".join(f"{field}={value!r}" for field, value in self._asdict().items())
            return f"{type(self).__name__}({values})"

        def __getnewargs__(self):
            return tuple(self)

    class _RecordClass(type):
        def __new__(cls, name, bases, namespace):
            fields = tuple(namespace["__annotations__"])
            defaults = {field: namespace[field] for field in fields if field in namespace}
            if defaults and tuple(defaults) != fields[-len(defaults) :]:
                raise TypeError(f"{name}: a field without a default comes after one that has one")
            for position, field in enumerate(fields):
                namespace[field] = _tuplegetter(position, "")
            namespace.update(
                __slots__=(),
                __new__=_made_first,
                __match_args__=fields,
                _fields=fields,
                _field_defaults=defaults,
            )
            return type.__new__(type, name, (_Record,), namespace)

    class _Base:
        def __mro_entries__(self, bases):
            return (_RECORD,)

    _RECORD = type.__new__(_RecordClass, "NamedTuple", (), {})
    NamedTuple = _Base()
