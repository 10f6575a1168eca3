"""YAML read strictly: duplicate keys and unknown keys are refused with file, line and remedy.

`read` turns YAML into a pydantic model (the schema) and reports every fault with the line where it stands.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import DocumentError


class Schema(BaseModel):
    """Base of everything read from YAML: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


S = TypeVar("S", bound=Schema)
_REMEDY = {
    "extra_forbidden": "不认识的键；可用的键：{keys}",
    "missing": "缺少必填的键",
    "enum": "取值不在允许范围内：{expected}",
    "literal_error": "取值不在允许范围内：{expected}",
    "date_from_datetime_parsing": "日期应写成 2026-01-31 的形式，且须真实存在",
    "date_from_datetime_inexact": "日期应写成 2026-01-31 的形式，不带时间",
    "date_parsing": "日期应写成 2026-01-31 的形式，且须真实存在",
    "date_type": "日期应写成 2026-01-31 的形式，且须真实存在",
    "string_type": "应为文字",
    "tuple_type": "应为列表（每行以 - 开头，或写在方括号里）",
    "model_type": "应为“键: 值”的写法",
    "model_attributes_type": "应为“键: 值”的写法",
    "string_pattern_mismatch": "取值不在允许范围内：{pattern}",
}


def read(text: str, schema: type[S], file: Path, first_line: int = 1) -> S:
    """Parse YAML text into `schema`.

    Args:
        first_line: the line of the file on which `text` begins.

    Raises:
        DocumentError: the first fault, with its line.
    """
    node = _compose(text, file, first_line)
    try:
        return schema.model_validate(_construct(text, file, first_line))
    except ValidationError as error:
        fault = error.errors()[0]
        line = first_line + _line_of(node, fault["loc"])
        where = ".".join(str(step) for step in fault["loc"]) or "文件"
        keys = "、".join(schema.model_fields)
        known = {"keys": keys, "expected": "", "pattern": ""} | (fault.get("ctx") or {})
        remedy = _REMEDY[fault["type"]].format(**known) if fault["type"] in _REMEDY else fault["msg"]
        raise DocumentError(file, line, f"{where}：{remedy}") from error


def read_file(file: Path, schema: type[S]) -> S:
    """Parse a YAML file into `schema`; see `read`."""
    try:
        return read(file.read_text(encoding="utf-8"), schema, file)
    except UnicodeDecodeError as error:
        raise DocumentError(file, 1, "不是 UTF-8 编码，请另存为 UTF-8") from error


def _compose(text: str, file: Path, first_line: int) -> yaml.Node | None:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = first_line + (error.problem_mark.line if error.problem_mark else 0)
        raise DocumentError(file, line, f"YAML 写法有误：{error.problem}；请检查缩进、引号和冒号") from error
    except yaml.YAMLError as error:
        line = first_line + _line_of_control_character(text)
        raise DocumentError(file, line, "含有不可见的控制字符，请删去") from error
    except RecursionError as error:
        raise DocumentError(file, first_line, "嵌套过深，请改成知识库说明里的写法") from error
    _refuse_duplicates(node, file, first_line, set())
    return node


def _line_of_control_character(text: str) -> int:
    return next((i for i, row in enumerate(text.split("\n")) if yaml.reader.Reader.NON_PRINTABLE.search(row)), 0)


def _construct(text: str, file: Path, first_line: int) -> Any:
    try:
        return yaml.safe_load(text)
    except ValueError as error:  # 2026-02-30
        line = next((i for i, row in enumerate(text.split("\n")) if "-" in row and _bad_date(row)), 0)
        raise DocumentError(file, first_line + line, f"日期不存在：{error}") from error
    except yaml.MarkedYAMLError as error:  # !!python/…, <<: 3
        line = first_line + (error.problem_mark.line if error.problem_mark else 0)
        raise DocumentError(file, line, f"YAML 写法不能用在这里：{error.problem}；请改成普通的“键: 值”") from error


def _bad_date(row: str) -> bool:
    try:
        yaml.safe_load(row)
    except ValueError:
        return True
    except yaml.YAMLError:
        return False
    return False


def _refuse_duplicates(node: yaml.Node | None, file: Path, first_line: int, visited: set[int]) -> None:
    if node is None or id(node) in visited:  # an alias leads to a node that was seen already, or round in a circle
        return
    visited.add(id(node))
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            line = first_line + key.start_mark.line
            if not isinstance(key, yaml.ScalarNode):
                raise DocumentError(file, line, "键应为文字，不能是列表或映射；花括号、方括号请加引号")
            if key.value in seen:
                raise DocumentError(file, line, f"键“{key.value}”重复，请只保留一处")
            seen.add(key.value)
            _refuse_duplicates(value, file, first_line, visited)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_duplicates(value, file, first_line, visited)


def _line_of(node: yaml.Node | None, loc: tuple[int | str, ...]) -> int:
    line = node.start_mark.line if node else 0
    for step in loc:
        if isinstance(node, yaml.MappingNode):
            pairs = {key.value: (key, value) for key, value in node.value}
            if step not in pairs:
                return line
            key, node = pairs[step]
            line = key.start_mark.line
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        else:
            return line
    return line
