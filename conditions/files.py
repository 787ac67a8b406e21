"""The knowledge as files: what is reviewed in git, and what ``dump_knowledge`` gives back.

``docs/knowledge_format.md`` describes them.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from conditions.reasoning.document import FORMAT

SHIPPED = Path(__file__).parent / "knowledge"
BY_TOPIC = ("findings", "investigations", "recommendations", "notes", "cases")


class FilesError(ValueError):
    """The files are no knowledge; ``problems`` says all that is wrong, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_files(folder: Path = SHIPPED) -> dict[str, Any]:
    """The document in the files of ``folder``. Raises FilesError with every problem found."""
    problems: list[str] = []
    document: dict[str, Any] = {"format": FORMAT}
    document["sources"] = _read(folder / "sources.yaml", problems)
    document["developers"] = _read(folder / "developers.yaml", problems)
    document["groups"] = _read(folder / "groups.yaml", problems)
    document["unit_aliases"] = _read(folder / "units.yaml", problems)
    for part in BY_TOPIC:
        document[part] = _merged(folder / part, problems)
    for slug, limits in _merged(folder / "limits", problems).items():
        if slug in document["findings"]:
            document["findings"][slug]["limits"] = limits
        else:
            problems.append(f"limits: there is no finding called {slug}.")
    document["conditions"], document["rules"] = {}, {}
    for path in sorted((folder / "conditions").glob("*.yaml")):
        condition = _read(path, problems)
        for slug, rule in (condition.pop("rules", None) or {}).items():
            if slug in document["rules"]:
                problems.append(f"conditions/{path.name}: there are two rules called {slug}.")
            document["rules"][slug] = {"condition": path.stem, **rule}
        document["conditions"][path.stem] = condition
    if problems:
        raise FilesError(problems)
    return document


def _read(path: Path, problems: list[str]) -> dict[str, Any]:
    try:
        with path.open(encoding="utf-8") as file:
            found = yaml.load(file, Loader=_Loader)  # noqa: S506 - a safe loader of ours
    except FileNotFoundError:
        return {}
    except yaml.YAMLError as error:
        problems.append(f"{path.parent.name}/{path.name}: {' '.join(str(error).split())}.")
        return {}
    if not isinstance(found, dict | None):
        problems.append(f"{path.parent.name}/{path.name}: this is not a mapping.")
        return {}
    return found or {}


def _merged(folder: Path, problems: list[str]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yaml")):
        for slug, part in _read(path, problems).items():
            if slug in merged:
                problems.append(f"{folder.name}/{path.name}: {slug} stands in another file as well.")
            merged[slug] = part
    return merged


class _Loader(yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):  # type: ignore[misc]
    """Reads plain YAML and refuses a key that stands twice, which YAML would silently let win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key} stands twice", key_node.start_mark
                )
            seen.add(key)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def parts_in(text: str) -> list[tuple[int, Any, Any]]:
    """Each part of a file given as text: the line of its key, its key and what stands there.

    Raises FilesError for what is no mapping, and for aliases, which could make much out of little.
    """
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=_Loader)):
            raise FilesError(["An alias (*name) is not read: write out what it stands for."])
        loader = _Loader(text)
        root = loader.get_single_node()
        if not isinstance(root, yaml.MappingNode):
            raise FilesError(["This is not a mapping of names to parts."])
        parts = [
            (
                key.start_mark.line + 1,
                loader.construct_object(key, deep=True),
                loader.construct_object(value, deep=True),
            )
            for key, value in root.value
        ]
    except (yaml.YAMLError, RecursionError) as error:
        raise FilesError(
            [f"It cannot be read as YAML: {' '.join(str(error).split()) or 'nested too deeply'}."]
        ) from error
    return parts


def text_of(parts: Mapping[str, Any]) -> str:
    """The parts as a file holds them."""
    return yaml.dump(dict(parts), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=130)


def write_files(document: Mapping[str, Any], folder: Path) -> None:
    """Write the document as files into ``folder``: findings and limits by group, the rest by topic."""
    findings: dict[str, dict[str, Any]] = {}
    limits: dict[str, dict[str, Any]] = {}
    for slug, finding in document.get("findings", {}).items():
        topic = finding.get("group") or "other"
        findings.setdefault(topic, {})[slug] = {
            key: value for key, value in finding.items() if key != "limits"
        }
        if finding.get("limits"):
            limits.setdefault(topic, {})[slug] = finding["limits"]
    _write(folder / "sources.yaml", document.get("sources", {}))
    _write(folder / "developers.yaml", document.get("developers", {}))
    _write(folder / "groups.yaml", document.get("groups", {}))
    _write(folder / "units.yaml", document.get("unit_aliases", {}))
    for name, topics in (("findings", findings), ("limits", limits)):
        for topic, parts in topics.items():
            _write(folder / name / f"{topic}.yaml", parts)
    for name in ("investigations", "recommendations", "cases"):
        _write(folder / name / f"{name}.yaml", document.get(name, {}))
    notes: dict[str, dict[str, Any]] = {}
    for slug, note in document.get("notes", {}).items():
        notes.setdefault(note["topic"], {})[slug] = note
    for topic, parts in notes.items():
        _write(folder / "notes" / f"{topic}.yaml", parts)
    for slug, condition in document.get("conditions", {}).items():
        rules = {
            name: {key: value for key, value in rule.items() if key != "condition"}
            for name, rule in document.get("rules", {}).items()
            if rule["condition"] == slug
        }
        _write(folder / "conditions" / f"{slug}.yaml", {**condition, **({"rules": rules} if rules else {})})


class _Dumper(yaml.SafeDumper):
    """Writes long sentences on lines of their own width, and lists indented under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _write(path: Path, part: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text_of(part), encoding="utf-8")
