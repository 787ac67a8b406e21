"""What a log line may hold."""

import logging
import sys

from b12site.logs import WithoutValues


def test_an_exception_is_logged_with_its_place_and_type_but_not_its_message() -> None:
    try:
        try:
            int("glucose 12.7")
        except ValueError as error:
            raise RuntimeError("Ann Example, glucose 12.7") from error
    except RuntimeError:
        record = logging.LogRecord("cobalt", logging.ERROR, __file__, 1, "It failed", None, sys.exc_info())

    line = WithoutValues().format(record)

    assert "It failed" in line
    assert "test_logs.py" in line
    assert line.index("builtins.ValueError") < line.index("builtins.RuntimeError")
    assert "Ann Example" not in line.replace('raise RuntimeError("Ann Example, glucose 12.7")', "")
    assert "invalid literal" not in line
