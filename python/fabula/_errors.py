# SPDX-License-Identifier: Apache-2.0
"""What fabula raises."""

from __future__ import annotations

# In the order of Errc in include/fabula/error.hpp.
_CODES = (
    "file_not_found",
    "unreadable",
    "unwritable",
    "damaged_model",
    "unsupported_model",
    "bad_option",
    "bad_input",
    "duplicate_id",
    "unusable_icu",
    "damaged_data",
    "other_model",
    "cancelled",
)
_FILES = frozenset((*_CODES[:5], "damaged_data"))


class Error(Exception):
    """A fault of the set-up, in a sentence that names the file, the place, the value and the remedy.

    An odd article is none: it gets a status.
    """

    def __init__(self, sentence: str, code: str = "bad_input") -> None:
        super().__init__(sentence)
        #: What kind of fault it is, such as "bad_option" or "file_not_found".
        self.code = code

    def __reduce__(self) -> tuple[type[Error], tuple[str, str]]:
        return type(self), (str(self), self.code)


class InputError(Error, ValueError):
    """An option out of its range, or input that cannot be understood."""


class FileError(Error, OSError):
    """A file that is missing, cannot be read or written, or is not the model or the store that it claims to be."""

    def __str__(self) -> str:
        return str(self.args[0])


def make(code: int, sentence: str) -> Error:
    name = _CODES[code]
    return (FileError if name in _FILES else InputError)(sentence, name)
