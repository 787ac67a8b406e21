"""Log lines without anything that was typed about a patient."""

import logging
import traceback
from types import TracebackType

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutValues(logging.Formatter):
    """Formats a record with where an exception came from and its type, but not its message.

    Messages of exceptions quote values: the text that is no number, the row that breaks a constraint.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line, without what another formatter made of the exception and left in the record."""
        left, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = left

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802
        lines: list[str] = []
        error = ei[1]
        seen: set[int] = set()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            lines = [
                *(line.rstrip() for line in traceback.format_tb(error.__traceback__)),
                f"{type(error).__module__}.{type(error).__qualname__}",
                *lines,
            ]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)
