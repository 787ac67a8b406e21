"""The secret that loopback keeps."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from b12site.secret_key import kept_secret_key


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret_key"

    kept_secret_key(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert [found.name for found in path.parent.iterdir()] == ["secret_key"]


def test_all_who_ask_at_once_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(kept_secret_key, [tmp_path / "secret_key"] * 8))

    assert len(secrets) == 1
