"""Text files as people make them: UTF-8, with or without a mark at the beginning, UTF-16, or GB 18030 as spreadsheets
of Chinese machines write it. What cannot be read is said in words, with what to do; never in those of a codec."""

import codecs
import json
from pathlib import Path
from typing import Any, Final

import yaml

from spotcheck.rules.words import Words

_MARKED: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SAVE_AS: Final = Words(
    "请在表格软件里另存为“CSV UTF-8（逗号分隔）”，再试一次", "save it as “CSV UTF-8 (comma delimited)” and try again"
)


class Unreadable(ValueError):
    """A file that is no text; ``words`` says what is wrong with it and what to do."""

    def __init__(self, words: Words) -> None:
        self.words = words
        super().__init__(words.en)


def of_yaml(text: str) -> Any:
    """What YAML of our own files says: read by libyaml where it is built in, which takes a seventh of the time.

    Every process reads the templates of papers before it draws its first one. Raises ``yaml.YAMLError``.
    """
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 -- both are safe ones


def read(path: Path) -> str:
    """The text of a file. Raises :class:`Unreadable`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        why = _WHY.get(type(error), Words("打不开", "it cannot be opened"))
        raise Unreadable(Words(f"{path}：{why.zh}", f"{path}: {why.en}")) from error
    try:
        return decoded(content)
    except Unreadable as wrong:
        raise Unreadable(Words(f"{path}：{wrong.words.zh}", f"{path}: {wrong.words.en}")) from wrong


def decoded(content: bytes) -> str:
    """The text that these bytes are, by what they hold. Raises :class:`Unreadable`."""
    if not content.strip(b"\0 \t\r\n"):
        raise Unreadable(Words("文件是空的", "the file is empty"))
    if content.startswith(_WORKBOOKS):
        wrong = Words("这是表格工作簿，不是文本", "this is a workbook and no text")
        raise Unreadable(Words(f"{wrong.zh}；{_SAVE_AS.zh}", f"{wrong.en}: {_SAVE_AS.en}"))
    for mark, encoding in _MARKED:
        if content.startswith(mark):
            return _decoded(content, encoding)
    try:
        return _decoded(content, "utf-8")
    except Unreadable:
        return _decoded(content, "gb18030")


def as_json(path: Path) -> Any:
    """What a JSON file says. Raises :class:`Unreadable`, also for one that was cut off."""
    text = read(path)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(
            Words(
                f"{path}：第 {error.lineno} 行第 {error.colno} 列起不是 JSON，文件可能不完整",
                f"{path}: from line {error.lineno}, column {error.colno} it is no JSON; it may be cut off",
            )
        ) from error
    except (RecursionError, ValueError) as error:
        raise Unreadable(Words(f"{path}：不是可用的 JSON", f"{path}: no JSON that can be used")) from error


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            Words(
                f"文字的编码既不是 UTF-8 也不是 GB 18030；{_SAVE_AS.zh}",
                f"its characters are neither UTF-8 nor GB 18030: {_SAVE_AS.en}",
            )
        ) from error
    if "\0" in text:
        raise Unreadable(Words("这不是文本文件", "this is no text file"))
    return text


_WHY: Final = {
    FileNotFoundError: Words("没有这个文件", "there is no such file"),
    IsADirectoryError: Words("这是文件夹，不是文件", "this is a folder and no file"),
    NotADirectoryError: Words("没有这个文件", "there is no such file"),
    PermissionError: Words("没有读取的权限", "it may not be read"),
}
