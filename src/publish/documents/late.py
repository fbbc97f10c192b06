"""Late: fields of a value that are made when somebody asks for them.

Most of what was kept of a manuscript nobody looks at: to read it all would take longer than the
rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Self


class Late:
    """A dataclass without slots, of which some fields may come late."""

    @classmethod
    def late(cls, missing: Callable[[], Mapping[str, Any]], **fields: Any) -> Self:
        """A value of some fields; `missing` gives all others, and is called when one is needed."""
        value = cls.__new__(cls)
        vars(value).update(fields, _missing=missing)
        return value

    if not TYPE_CHECKING:  # else any name would be a field

        def __getattr__(self, name: str) -> Any:
            own = vars(self)
            if name.startswith("_") or "_missing" not in own:
                raise AttributeError(name)
            own |= own.pop("_missing")()
            return getattr(self, name)
