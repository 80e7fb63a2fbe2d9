"""Questions: `Values`, where rules and other semantics ask for numbers, sizes, truth and constants."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_auditrules.semantics.ranges import Range
from flake8_auditrules.semantics.values.answers import Answers
from flake8_auditrules.semantics.values.attributes import Attributes
from flake8_auditrules.semantics.values.bound_names import BoundNames
from flake8_auditrules.semantics.values.callers import Callers
from flake8_auditrules.semantics.values.calls import Calls
from flake8_auditrules.semantics.values.changes import Changes
from flake8_auditrules.semantics.values.collection_sizes import CollectionSizes
from flake8_auditrules.semantics.values.definitions import DefinitionsOfNames
from flake8_auditrules.semantics.values.functions import Functions
from flake8_auditrules.semantics.values.guards import Guards
from flake8_auditrules.semantics.values.items import Items
from flake8_auditrules.semantics.values.keys import Keys
from flake8_auditrules.semantics.values.literals import Literals
from flake8_auditrules.semantics.values.members import Members
from flake8_auditrules.semantics.values.quantities import Numbers
from flake8_auditrules.semantics.values.terms import Constant, Given
from flake8_auditrules.semantics.values.truths import Truths
from flake8_auditrules.semantics.values.ways import Ways

if TYPE_CHECKING:
    from flake8_auditrules.semantics.module import Module


class Values:
    """
    The values of one module's expressions; every answer is kept, none raises.

    `given` tells what callers in other modules give for a parameter: of a function, its parameter, the
    parameter's position in a call and the question, a range for each call (None: the default is left).
    """

    def __init__(self, module: Module, given: Given | None = None) -> None:
        self._answers = answers = Answers()
        keys = Keys(module)
        definitions = DefinitionsOfNames(module)
        changes = Changes(module, definitions)
        callers = Callers(module, definitions)
        members = Members(module, definitions)
        guards = Guards(module, answers, keys, definitions)
        functions = Functions(module, answers, callers, members, given)
        items = Items(module, answers, changes)
        attributes = Attributes(module, answers, changes, members, functions)
        ways = Ways(module, answers, keys, changes, guards)
        names = BoundNames(module, answers, keys, changes, definitions, guards, members, functions, items, ways)
        calls = Calls(module, answers, definitions, guards, functions, items)
        numbers = Numbers(answers, keys, guards, functions, items, attributes, names, calls)
        sizes = CollectionSizes(
            module, answers, keys, changes, guards, callers, functions, items, attributes, ways, names
        )
        truths = Truths(module, answers, keys, definitions, guards)
        literals = Literals(answers, items, attributes, names)
        answers.given_by(numbers.of, sizes.of, truths.of, literals.of)

    def value(self, expression: ast.expr) -> Range:
        """The range of numbers that the expression can be where it stands; `UNKNOWN` if nothing is known."""
        return self._answers.value(expression)

    def size(self, expression: ast.expr) -> Range:
        """The number of items of the collection or text that the expression is: what `len` of it gives."""
        return self._answers.size(expression)

    def truth(self, expression: ast.expr) -> bool | None:
        """Whether the expression counts as true where it stands; None where it may count as either."""
        return self._answers.truth(expression)

    def literal(self, expression: ast.expr) -> Constant | None:
        """
        The one constant that the expression certainly is; None where it is none or not known.

        Found through names of this and other modules, class attributes, members of enumerations, and fields
        of objects that the module makes without giving the field. None as a constant is not told apart.
        """
        return self._answers.literal(expression)
