"""What the style sheets of a web page make of its cells: what nobody sees, what is struck out, what is written beside a text.

No browser stands behind it. A rule counts for every element of its last part (`.menu li` for every `li`), whatever stands around it:
where that is too much, a figure is held to be unseen that is not, and never the other way round.
"""

import re
from collections import defaultdict
from typing import NamedTuple

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"[.#]?-?[a-zA-Z_][\w-]*")
_NTH = re.compile(r":nth-(?:child|of-type)\(\s*(\d+)\s*\)")
_WRITES = re.compile(r"::?(before|after)\b")
# What holds only while somebody points at it, or on other pages than the screen.
_SOMETIMES = re.compile(r":(?:hover|focus|active|target|visited|checked|disabled|empty)\b")
_CONTENT = re.compile(r"""(?:^|;)\s*content\s*:\s*(["'])(.*?)\1""")
_ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_NOT_SHOWN = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|opacity:0(?:\.0+)?(?=;|$|!)|font-size:0(?:px|pt|em|rem|%)?(?=;|$|!)"
    r"|color:transparent|text-indent:-\d{3,}|(?:left|top|right|margin-left):-\d{3,}|clip:rect\([01]|clip-path:inset\((?:50|100)%"
    r"|transform:scale\(0\)|text-decoration(?:-line)?:[^;]*line-through)"
)
_OVERFLOW = re.compile(r"(?:^|;)overflow(?:-[xy])?:(?:hidden|clip)")
_NO_ROOM = re.compile(r"(?:^|;)(?:max-)?(?:width|height):[01](?:px|pt|em|%)?(?=;|$|!)")


class _Rule(NamedTuple):
    """What an element must be for its declarations to count."""

    needs: frozenset[str]
    nth: int | None
    writes: str | None
    declares: str


class StyleSheet:
    """The rules of a page, gathered from its style elements."""

    def __init__(self) -> None:
        self._rules: dict[str, list[_Rule]] = defaultdict(list)

    def add(self, css: str) -> None:
        """The rules of one style element."""
        for selectors, declares in _RULE.findall(_COMMENT.sub(" ", css)):
            for selector in selectors.split(","):
                self._add(selector.strip(), declares)

    def _add(self, selector: str, declares: str) -> None:
        if not selector or selector.startswith("@") or _SOMETIMES.search(selector):
            return
        last = re.split(r"[\s>+~]+", selector)[-1]
        nth, writes = _NTH.search(last), _WRITES.search(last)
        needs = frozenset(_SIMPLE.findall(re.sub(r":[^.#]*|\[[^\]]*\]", "", last)))
        if needs:
            rule = _Rule(needs, int(nth[1]) if nth else None, writes[1] if writes else None, declares)
            self._rules[max(needs)].append(rule)

    def of(self, tag: str, attributes: dict[str, str], nth: int | None = None) -> str:
        """What the rules and the element itself declare, in small letters; `nth`: which of its row the element is, if a cell."""
        declared = [rule.declares for rule in self._matching(tag, attributes, nth) if rule.writes is None]
        return ";".join([*declared, attributes.get("style", "")]).lower()

    def written(self, tag: str, attributes: dict[str, str], nth: int | None = None) -> dict[str, str]:
        """What the rules write before and after the element: `before`, `after`."""
        texts = {}
        for rule in self._matching(tag, attributes, nth):
            if rule.writes and (content := _CONTENT.search(rule.declares)):
                texts[rule.writes] = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), content[2])
        return texts

    def _matching(self, tag: str, attributes: dict[str, str], nth: int | None) -> list[_Rule]:
        has = {tag, *(f".{name}" for name in attributes.get("class", "").split())}
        if "id" in attributes:
            has.add(f"#{attributes['id']}")
        return [
            rule
            for key in has
            for rule in self._rules.get(key, ())
            if rule.needs <= has and (rule.nth is None or nth is None or rule.nth == nth)
        ]


def is_hidden(style: str, attributes: dict[str, str]) -> bool:
    """Whether nobody sees what an element with these declarations says, or it is struck out."""
    squeezed = re.sub(r"\s*([:;])\s*", r"\1", style.strip())
    no_room = bool(_OVERFLOW.search(squeezed) and _NO_ROOM.search(squeezed))
    return "hidden" in attributes or no_room or bool(_NOT_SHOWN.search(squeezed))
