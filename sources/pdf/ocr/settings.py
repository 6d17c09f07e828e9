"""Every threshold of reading the image of a page: its name, its unit, and what it was measured on, where it was.

As in `sources.pdf.settings`, a number without a word on its measure was chosen by eye, here on the scans of
`docs/fidelity.md`. A change of any of them makes pages be recognised again: see `ocr.fingerprint`.
"""

from dataclasses import dataclass

from sources.pdf.settings import Count, Points, Share, Times, TypeSizes

Pixel = int  # at DPI
Degrees = float
Grey = int  # from 0, black, to 255

DPI = 200  # what most copiers scan at; at 300 the readers take twice as long and read no better
POINT = DPI / 72  # pixels


@dataclass(frozen=True, slots=True)
class ImageSettings:
    """The image parted into ink and ruled lines (`image`)."""

    run: Pixel = 40  # without a break: longer than any stroke of a letter
    shortest: Pixel = 60  # a ruled line is longer
    sides: Count = 3  # lines that begin at one place, where a copy lost the frame
    held: Share = 0.25  # of the way from one vertical line to the next, found as a piece of a horizontal one
    inked: Share = 0.4  # of the same, inked as a thin line is
    mark: Pixel = 11  # such a mark is no larger, and neither are the digits of small print
    as_high: Times = 0.6  # of its height, at least, that a sign beside it has: then both are text
    near: Times = 1.0  # its height: the gap between them
    level: Share = 0.6  # of its height, that both share
    corner: Pixel = 20  # the sides of a triangle, which no letter is
    filled: Share = 0.4  # of its box, that such a mark fills
    slope: Share = 0.012  # of its length, that a line may still lean: lines down a page lean otherwise than its text


@dataclass(frozen=True, slots=True)
class BandSettings:
    """Dark bands (`bands`)."""

    step: Pixel = 4  # the bands are looked for on an image so many times smaller
    letters: Pixel = 7  # of its pixels: most of a square so large is ground, and not letters
    run: Pixel = 61  # of a row of pixels,
    solid: Share = 0.85  # of which so much is dark,
    bare: Pixel = 5  # and so many rows of them, without letters: these stand between the letters and the edge
    letter_height: Pixel = 31  # the gap that a line of letters leaves between bare rows
    word_width: Pixel = 81
    even: Share = 0.5  # of the pixels, about as dark as the band: else it is made of dots
    dark: Grey = 110  # dark letters are set off from a darker band
    darker: Grey = 30  # than the paper
    set_off: Grey = 70  # the same, for a band with white letters: on a paler one nobody could read them
    height: Pixel = 6  # of its pixels: a band is as high
    width: Pixel = 25  # and as wide
    smooth: Times = 1.6  # standard deviation, in pixels, that makes grey of the dots of a binary copy


@dataclass(frozen=True, slots=True)
class LeanSettings:
    """By how much a page leans (`skew`)."""

    letters: Count = 60  # fewer say less than the boxes of the texts
    least: Pixel = 5  # the height of a letter
    most: Pixel = 60
    reach: Degrees = 0.8  # looked for so far from what the boxes say
    coarse: Degrees = 0.1
    fine: Degrees = 0.02


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """The page made upright, and its texts told apart (`reader`)."""

    straight: Degrees = 0.05  # a page that leans less is left as it is
    sample: Count = 10  # lines that tell whether a page stands on its head
    sure: Share = 0.85  # mean confidence of lines that are read the right way up
    standing: Times = 2.2  # times as high as wide: a text that runs upwards
    standing_height: Times = 2.5  # of the usual height of a line
    leaning: Degrees = 4.0  # on a level page: the text of a stamp
    long: Times = 2.5  # times as long as high: how a shorter text leans is not seen
    garbled: Share = 0.6  # of the signs of a text that are digits: a figure of which some were taken for letters


@dataclass(frozen=True, slots=True)
class StripSettings:
    """Texts set apart for the second reader (`strips`)."""

    wide: TypeSizes = 0.5  # heights of the box, that a strip reaches farther than it at each side
    tall: TypeSizes = 0.1
    ruled: Share = 0.5  # of a row or column of its pixels, that is of a ruled line
    height: Pixel = 60  # of a strip, if it was made larger
    factor: Times = 3.0  # and at most so
    margin: Pixel = 30  # around each
    most: Count = 250  # on one image


@dataclass(frozen=True, slots=True)
class InkSettings:
    """Recognised lines to words, boxed by their ink (`words`)."""

    space: TypeSizes = 0.2  # between words
    column_gap: TypeSizes = 0.8  # between columns
    alike: Share = 0.8  # of the usual space of the line: a gap so wide is a space too, though none was read
    ruled: Share = 0.75  # of the width of a line: no row of letters is as full
    least: Share = 0.6  # of the height of the box: the least type size
    capital: TypeSizes = 0.72  # height of a capital
    small: TypeSizes = 0.53  # height of an x
    inked: Share = 0.12  # of the fullest row of pixels: letters begin there
    apart: Share = 0.17  # of the height of the box, without ink: from a line to a part of another
    body: Share = 0.3  # of the same: the baseline is the last such row
    above: TypeSizes = 0.9  # from the baseline to the top of a word's box, as a text layer has it
    below: TypeSizes = 0.22  # and to its bottom
    near: TypeSizes = 0.6  # from where the reader parted two words to the gap between them


@dataclass(frozen=True, slots=True)
class DashSettings:
    """Dashes of zeros by their ink (`dashes`)."""

    least: TypeSizes = 0.2  # as wide at least
    most: TypeSizes = 1.0
    thick: TypeSizes = 0.25
    flat: Times = 1.4  # as wide as high, at least
    filled: Share = 0.6  # of its box
    low: TypeSizes = 0.08  # its middle, above the baseline of its row
    high: TypeSizes = 0.5
    figures: Count = 2  # of the column, that it stands under or over
    apart: TypeSizes = 0.8  # at each side of it, where nothing else is printed
    tall: TypeSizes = 0.72  # as high as capitals
    speck: Count = 6  # pixels: less is one
    same: TypeSizes = 0.2  # between the places of two
    alike: TypeSizes = 0.12  # between the sizes of two


@dataclass(frozen=True, slots=True)
class UnreadSettings:
    """Ink that is in no word (`unread`)."""

    pad: TypeSizes = 0.15  # around a word, that its accents and ragged edges take
    outside: Share = 0.6  # of a piece of ink, that is in no word
    least: Count = 6  # pixels: less is a speck
    rule: Points = 1.0  # from the middle of a ruled line: what is left of it
    body: TypeSizes = 0.72  # from the baseline up: the height of capitals
    sign: TypeSizes = 0.25  # a minus is so wide
    figure: TypeSizes = 0.8  # from a figure to the digit or sign that is missing
    letter: TypeSizes = 0.35  # a letter is so high
    line: TypeSizes = 0.9  # from a text to the line of it that is missing
    word: TypeSizes = 1.2  # from a text to the word that is missing


@dataclass(frozen=True, slots=True)
class CipherSettings:
    """What settles the letter of a sign (`cipher`). Votes are of both readers, on pages whose text layer is broken."""

    few: Count = 3  # votes for a letter
    most: Share = 0.7  # of the votes, that agree
    figure_few: Count = 20  # the same for what amounts are written with
    figure_most: Share = 0.95
    whole: Share = 0.9  # of the votes of a font whose map is right for what it says itself
    pages: Count = 10  # read at most so many,
    rest: Count = 20  # and one in so many of the others


IMAGE = ImageSettings()
BANDS = BandSettings()
LEAN = LeanSettings()
READER = ReaderSettings()
STRIPS = StripSettings()
INK = InkSettings()
DASHES = DashSettings()
UNREAD = UnreadSettings()
CIPHER = CipherSettings()
