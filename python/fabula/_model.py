# SPDX-License-Identifier: Apache-2.0
"""The word vectors, opened when they are first needed."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any, TypeAlias

from . import _fabula

_PACKAGED = Path(__file__).with_name("share") / "fabula" / "default.fabula"
_lock = threading.Lock()
_opened: dict[str, _fabula.Model] = {}


class Model:
    """Multilingual word vectors, a file that is opened at the first use and only once. Picklable by its path.

    ``Model()`` is the one that comes with the package, or that the environment variable FABULA_MODEL names;
    ``Model(path)`` a model file (``.fabula``) or fastText's ``.bin``, ``.ftz`` or ``.vec``.
    """

    __slots__ = ("path",)

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        name = "" if path is None else os.fspath(path)
        if not isinstance(name, str) or "\0" in name:
            raise TypeError("the path of a model is a str or os.PathLike, without NUL")
        #: As it was given; empty = the default.
        self.path = name

    @property
    def _core(self) -> _fabula.Model:
        path = self.path or os.environ.get("FABULA_MODEL", "") or (str(_PACKAGED) if _PACKAGED.exists() else "")
        with _lock:
            if path not in _opened:
                _opened[path] = _fabula.Model.open(path)
            return _opened[path]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Model) and other.path == self.path

    def __hash__(self) -> int:
        return hash((Model, self.path))

    def __repr__(self) -> str:
        return f"Model({self.path!r})" if self.path else "Model()"

    @property
    def dimension(self) -> int:
        """Values of a vector."""
        return self._core.dimension

    @property
    def languages(self) -> list[str]:
        """BCP-47 tags of the languages that it has, sorted."""
        return self._core.languages

    @property
    def card(self) -> dict[str, Any]:
        """What the file says of itself: name, version, licence, attribution, provenance, checksum, …"""
        return self._core.card()


#: A model, the path of one, or None for the default.
ModelLike: TypeAlias = Model | str | os.PathLike[str] | None


def core_of(model: ModelLike) -> _fabula.Model:
    return (model if isinstance(model, Model) else Model(model))._core


def _forked() -> None:
    global _lock
    _lock = threading.Lock()
    _fabula.forget_calls()


os.register_at_fork(after_in_child=_forked)
