"""Forms ticked off: boxes, √ and ×, yes and no after a label, as one line with a colon for each."""

from __future__ import annotations

import re

YES_WORD = r"(?:是的?|有的?|属于|符合|已有|√|y|yes)"
NO_WORD = r"(?:[均全都]?无|都?没有?过?|否|无此情况|[未没](?:发生|列入|进入|进过?|上市?|完成|办理?|入驻|取得|通过)|不(?:是|属于|符合|涉及|存在)|未发现|×|x|n|no)"
_FLAG = rf"(?:{YES_WORD}|{NO_WORD})"
_SIGNS = str.maketrans("✓✔✅✗✘❌❎☐◻⬜", "√√√××××□□□")
_WORD = r"[^\s□☑☒■√×，。；,;:：/、|()（）]{1,16}"
_TICKED = "[☑☒■√]"
_BOX = "[□☑☒■√]"
_BEFORE = re.compile(rf"(?P<box>{_BOX})[ \t]*(?P<word>{_WORD})[ \t]*[/、|]?")
_AFTER = re.compile(rf"(?<!{_BOX})(?<!{_BOX}[ \t])(?P<all>(?:{_WORD}[ \t]*{_BOX}[ \t/、|]*){{2,}})(?=[，。；,;\n]|$)")
_ONE_AFTER = re.compile(rf"(?P<word>{_WORD})[ \t]*(?P<box>{_BOX})")
_KEY = r"[一-龥a-zⅠⅡ、/和或与及]{2,34}"
_MARK = re.compile(
    rf"(?P<lead>:[ \t]*)?(?P<key>{_KEY})[ \t]*(?P<mark>[√×](?=[\s，、；。]|$)|\({_FLAG}\))[ \t]*[，、；。]?"
)
_MARK_FIRST = re.compile(rf"(?m)^[ \t]*(?:[√×][ \t]*{_KEY}[ \t，、；]*)+$")
_ONE_FIRST = re.compile(rf"(?P<mark>[√×])[ \t]*(?P<key>{_KEY})[ \t，、；]*")
_SPACED = re.compile(rf"(?m)^(?P<key>[^\s:，。?]{{3,34}})[ \t]+(?P<flag>{_FLAG})[ \t]*$")
_AFTER_FLAG = re.compile(rf"(?<=[:])(?P<flag>[ \t]*{_FLAG})[ \t]*(?:[；，。、][ \t]*|[ \t]+)(?=[^:\n，。；]{{2,40}}:)")
_BEFORE_FLAG = re.compile(rf"[；，][ \t]*(?=[^:\n，。；]{{2,40}}:[ \t]*{_FLAG}[ \t]*(?:[；，。\n]|$))")
_EMPTY_BRACKETS = re.compile(r"[(（\[【][ \t\u3000]*[)）\]】]")
_BRACKETS = re.compile(r"[(（\[【][ \t\u3000]*(?P<tick>[√xX]?)[ \t\u3000]*[)）\]】]")
_NUMBER = re.compile(r"(?:^|(?<=[\s，。；：,;:]))[ \t]*[(（]?(?P<number>\d)[.．、)）][ \t]*")


def _as_box(match: re.Match[str]) -> str:
    return "☑" if match["tick"] else "□"


def ticked(text: str) -> str:
    """The text with the ticked of several boxes only: 上市:□是 ☑否 as 上市:否, ☑已上市 □未上市 as 已上市."""
    text = numbered(text).translate(_SIGNS)
    if _EMPTY_BRACKETS.search(text):
        text = _BRACKETS.sub(_as_box, text)
    if "□" not in text or not re.search(_TICKED, text):
        return re.sub("[☑☒■]", "√", text)
    text = _AFTER.sub(lambda m: " ".join(w["word"] for w in _ONE_AFTER.finditer(m["all"]) if w["box"] != "□"), text)
    return _BEFORE.sub(lambda m: "" if m["box"] == "□" else f"{m['word']} ", text)


def numbered(text: str) -> str:
    """Points numbered within a line, each on a line of its own: 1.没有 2.有, (1)未发生事故；(2)未列入异常."""
    marks: list[re.Match[str]] = []
    for mark in _NUMBER.finditer(text):
        closed = len(marks) > 1 or not text[mark.end() : mark.end() + 1].isdigit()  # 4.60人 after three points
        if int(mark["number"]) == len(marks) + 1 and closed:
            marks.append(mark)
    for mark in reversed(marks if len(marks) > 1 else []):
        text = f"{text[: mark.start()]}\n{text[mark.end() :]}"
    return text


def marked(text: str) -> str:
    """Every label with its yes or no on a line of its own: 上市 × 研发机构 √, 事故(无)异常(无), 上市:否；研发机构:有."""
    text = _MARK_FIRST.sub(lambda m: _ONE_FIRST.sub(r"\g<key>:\g<mark>\n", m.group()), text)
    text = _MARK.sub(lambda m: f"{'。' if m['lead'] else ''}\n{m['key']}:{m['mark'].strip('()')}\n", text)
    text = _SPACED.sub(r"\g<key>:\g<flag>", text)
    return _BEFORE_FLAG.sub("\n", _AFTER_FLAG.sub(r"\g<flag>\n", text))
