"""What a scan prints otherwise than its workbook without an error of reading: cut labels, rounded amounts.

A letter misread in a label does not make another line of it: the words of a label are taken for those of the workbook
that they are nearest to. The digits of an amount are never changed; only what a whole amount rounds.
"""

from dataclasses import replace
from difflib import get_close_matches

from tests.bench.amounts import Read, Truth, Words

_ALIKE = 0.75
_CUT = 4  # letters of a word that the edge of its cell cuts


def as_printed(reads: list[Read], truth: Truth) -> list[Read]:
    """The amounts that were read, with the words and the centavos of the workbook where they stand for them."""
    vocabulary = {word for fact in truth.amounts for cell in (*fact.label, *fact.headers) for word in cell} | {
        word for fact in truth.amounts for word in fact.around | fact.titles
    }
    exact = {fact.value for fact in truth.amounts}
    whole = {_rounded(fact.value): fact.value for fact in truth.amounts}
    return [
        replace(
            read,
            label=_spelled(read.label, vocabulary),
            header=_spelled(read.header, vocabulary),
            value=read.value if read.value in exact or "." in read.text else whole.get(read.value, read.value),
        )
        for read in reads
    ]


def _rounded(value: int) -> int:
    return (abs(value) + 50) // 100 * 100 * (1 if value >= 0 else -1)


def _spelled(words: Words, vocabulary: set[str]) -> Words:
    return tuple(_nearest(word, vocabulary) for word in words)


def _nearest(word: str, vocabulary: set[str]) -> str:
    if word in vocabulary or word.isdigit():
        return word
    cut = [known for known in vocabulary if len(word) >= _CUT and known.startswith(word[:-1])]
    near = cut if len(cut) == 1 else get_close_matches(word, vocabulary, 1, _ALIKE)
    return near[0] if near else word
