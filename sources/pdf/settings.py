"""Every threshold of reading a page and its tables: its name, its unit, and what it was measured on, where it was.

One frozen group per stage. A number without a word on its measure was chosen by eye on the layout that its comment or
group names, and never measured by itself: what holds them all is the benchmark of `docs/fidelity.md` (every amount of
the given pairs right) and the typeset layouts of `tests/sources/pdf`. Those of reading an image are in
`sources.pdf.ocr.settings`; words and patterns of text stand where they are used.
"""

from dataclasses import dataclass

Points = float  # 1/72 inch
TypeSizes = float  # times the height of the word, line or figure that is looked at
RowHeights = float  # times the height of a table row
Share = float  # of what the comment names
Times = float  # a factor
Score = float  # weight of a hint that a line goes on with the one above
Count = int
Degrees = float  # clockwise
Channel = int  # of 255, of a colour


@dataclass(frozen=True, slots=True)
class WordSettings:
    """Characters to words (`page.glyphs`, `page.words`, `page.plumber`)."""

    gap: TypeSizes = 0.22  # ends a word where no space is printed: spaces are 0.25 and more, kerning stays below
    guessed_gap: TypeSizes = 0.15  # the same where PDFium guesses a space from the widths of the glyphs
    backwards: TypeSizes = 0.6  # a character so far before the end of the last begins another word
    same_base: TypeSizes = 0.5  # between the bottoms of characters of one word
    other_size: Times = 2.5  # between the heights of characters that are no word together
    mark_size: Share = 0.75  # of the height of the digit before: a note mark is smaller (`59,367,550.98` and `2/`)
    least_size: Points = 0.1  # of a character without height
    least_lean: Degrees = 0.15  # of the text of a page that is brought level
    same_lean: Degrees = 0.1
    leaning: Share = 0.8  # of its words that lean alike
    lettered: Count = 4  # figures set letter by letter: `0 . 5 0`
    letter_gap: TypeSizes = 0.4  # a space behind each letter
    letter: TypeSizes = 0.5  # the width of a letter where the file does not tell it
    drop: TypeSizes = 0.2  # from the baseline to the bottom of a box, where the file does not tell it


@dataclass(frozen=True, slots=True)
class LineSettings:
    """Words to lines (`page.lines`)."""

    same_base: TypeSizes = 0.35  # between the baselines of words of one line
    segment_gap: TypeSizes = 0.9  # wider than any space of running text
    header_gap: TypeSizes = 0.75  # the same in headers, whose texts are set closer
    touching: TypeSizes = 0.08  # words so near are one text: a `$` apart, a word of several fonts
    touching_base: TypeSizes = 0.3
    overlap: TypeSizes = 0.3  # words that share more are printed over one another
    mark_size: Share = 0.8  # of the word it stands on: a note mark is smaller
    mark_rise: TypeSizes = 0.4  # a note mark may stand so far above the top of its word
    mark_gap: TypeSizes = 0.4  # from the end of the word to its mark
    space: TypeSizes = 0.6  # a word with others so near at both sides is text and no mark


@dataclass(frozen=True, slots=True)
class FigureSettings:
    """Words to printed numbers (`page.printed_figures`)."""

    sign_gap: TypeSizes = 1.2  # at most, from a `(`, `-` or `$` to its number
    opener_gap: TypeSizes = 1.0  # from a parenthesis or sign that stands alone
    trailing_gap: TypeSizes = 0.35  # from a number to the minus behind it: a space, and less than between columns
    piece_gap: TypeSizes = 0.6  # between the pieces of one number
    touching: TypeSizes = 0.1  # pieces that touch
    group_gap: TypeSizes = 0.45  # between thousands set apart by spaces
    cell: TypeSizes = 12  # accounting formats set the sign at the other side of the cell, at most so far


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """Drawn lines and the grids they make (`page.rulings`, `page.grid`)."""

    thin: Points = 2.5  # a filled box thinner than this is a line
    join: Points = 2.5  # between the ends of two pieces of one line
    same: Points = 1.2  # between two lines drawn over one another
    touch: Points = 3.0  # within which two rules meet
    cover: Share = 0.6  # of a side, that a rule must run along to be that side
    least: Points = 3  # a rule is longer
    short: Points = 14  # a stroke that may be a minus sign is no longer
    slender: Times = 4  # a rule is so many times longer than thick
    beside: Points = 24  # the widest gap in a table of two grids side by side
    beside_rows: Share = 0.8  # of their rows, ruled at the same heights


@dataclass(frozen=True, slots=True)
class SightSettings:
    """Whether a word is seen, and what is drawn through it or before it (`page.visible`, `page.strokes`)."""

    white: Channel = 250  # each channel of a lighter colour is white
    clear: Channel = 5  # a less opaque filling is not there
    opaque: Channel = 250  # a more opaque one covers
    alike: Channel = 12  # between the channels of two colours that nobody tells apart
    least_height: Points = 1.0  # of a word that can be read
    least_width: TypeSizes = 0.06  # of its letters
    inside: Share = 0.5  # of a word, that lies on the page
    bare: Points = 10  # the height of a line of a field that has no appearance, if there is room
    whole: Share = 0.9  # of a figure, that lies on the page or in what cuts it off
    covered: Share = 0.15  # of a word, under what is painted over it: worth a look
    pixels: Count = 12  # in the height of the smallest word that is looked at
    most_pixels: Count = 3500  # in the longer side of such a page
    changed: Channel = 12  # of a pixel that a word makes a difference to: pale yellow on grey is still read
    seen: Share = 0.3  # of the width of a word, that makes a difference
    lost: TypeSizes = 0.75  # of the width of a figure, that makes none: a digit
    layer: Share = 0.5  # of the letters of a page: they are the layer of somebody's OCR
    inked: Share = 0.7  # of such words, that stand on something printed
    contrast: Channel = 60  # between the ink and the ground of those


@dataclass(frozen=True, slots=True)
class MarkSettings:
    """What stands at a figure and is no digit of it (`page.marks`). The size of a word is that of its box, with room for
    letters that hang down: the middle of a digit is about 0.3 of it over the baseline.
    """

    low: TypeSizes = 0.12  # over the baseline: a line farther down is drawn under a figure
    high: TypeSizes = 0.5  # and one farther up over it
    end: TypeSizes = 0.25  # by which a line may miss an end of its figure
    level: TypeSizes = 0.3  # between the baselines of what is written at one height
    least_sign: TypeSizes = 0.15  # the length of a minus that is drawn
    most_sign: TypeSizes = 1.1
    sign_gap: TypeSizes = 1.0  # from it to its figure
    leader: TypeSizes = 1.0  # strokes that follow so near are a dotted line
    centavos: Count = 3  # figures with two raised digits: fewer are notes
    shadow: TypeSizes = 0.3  # from a word to its copy
    shared: Share = 0.5  # of the width of a figure, with another that is set over it
    cell: TypeSizes = 8.0  # from a stroke to a figure of one cell: the width of a column of amounts
    note_size: Share = 0.75  # of the height of its figure: a digit so small behind a figure is a note
    note_gap: TypeSizes = 0.7  # from a figure to its note
    red: Channel = 90  # by which the red of an ink is more than its other colours


@dataclass(frozen=True, slots=True)
class FurnitureSettings:
    """Running heads, feet and page numbers (`page.furniture`)."""

    head: Share = 0.2  # of the height of the page, from the top
    foot: Share = 0.85
    pages: Share = 0.5  # of the pages, that repeat a line
    numbered_head: Share = 0.25  # where a text such as `Página 3` is looked for
    numbered_foot: Share = 0.75
    lone_head: Share = 0.12  # where a number alone is a page number
    lone_foot: Share = 0.88
    step: Points = 8  # within which a line is at the same height on another page
    scanned_step: Points = 24  # sheets lie in a copier as they come


@dataclass(frozen=True, slots=True)
class QualitySettings:
    """Whether a page can be read (`page.quality`, `load`)."""

    edge: Share = 0.12  # of the height: a stamp or page number at the edge of a scan is no text layer
    picture: Share = 0.02  # of the page: a page without words and with more image is no blank one
    scan: Share = 0.3  # of the page that is image, where there are few letters
    few_letters: Count = 60
    telling_letters: Count = 20  # fewer say nothing of the font
    telling_words: Count = 8  # words of four letters that tell whether a page makes sense
    broken: Share = 0.15  # of the characters, that nobody prints
    odd: Share = 0.5  # of the words, with odd characters, where there are too few to be said
    unspoken: Share = 0.4  # a page with fewer words that can be said is garbled
    spoken: Share = 0.6  # a page that was deciphered has more
    vowels: Share = 0.2  # of a word, at least; half a vowel less for short ones
    most_vowels: Share = 0.8
    large_picture: Share = 0.08  # of the page: a smaller one is an emblem or a signature
    waiting: Count = 700  # letters on each page of a form that only asks to wait for its viewer
    most_pages: Count = 20_000  # the longest budgets have 5,000; a page tree in a circle has as many as it likes
    paper: Count = 3  # pages with a picture at one place: it belongs to the paper


@dataclass(frozen=True, slots=True)
class ColumnSettings:
    """Figures to amount columns (`table.columns`)."""

    apart: TypeSizes = 0.85  # the gap that sets a figure apart from text
    apart_figures: TypeSizes = 0.3  # and from another figure
    touching: TypeSizes = 0.1  # an amount that touches what follows ends its column: no running text does
    kept_lines: Count = 3  # that keep an edge: running text does not by chance
    kept_edge: TypeSizes = 0.2
    wrapped_step: TypeSizes = 1.9  # from an amount to the line a narrow cell broke it into
    wrapped_edge: TypeSizes = 0.8
    grown: Times = 1.25  # edges are worked out again when a column has grown so
    edge: TypeSizes = 0.6  # from the usual edge of a column
    strict_edge: TypeSizes = 0.3  # for a figure inside text
    not_right: Times = 1.5  # left edges and middles count less than right ones
    overlap: Share = 0.4  # of the narrower of figure and column
    merged_overlap: Share = 0.5
    least_width: Points = 0.1
    years: Share = 0.6  # of its figures: a column of years holds no amounts
    weak: Share = 0.2  # of the figures of the fullest column, for one of plain integers or dashes
    signs: Share = 0.6  # of the same: fewer dashes may be minus signs of the next column
    sign_gap: TypeSizes = 10  # from a minus sign to its amount
    same_border: Points = 3
    keys: Share = 0.9  # of the figures of a column of keys, that are bare and short
    keyed: Share = 0.6  # of its rows, with words right of the key


@dataclass(frozen=True, slots=True)
class HeaderSettings:
    """What stands over the columns (`table.head`, `table.headers`, `table.money_headers`, `table.upright`)."""

    far: TypeSizes = 2.6  # a header stands nearer to what it heads
    farthest: TypeSizes = 6  # and the first line over the amounts
    step: TypeSizes = 1.6  # between the lines of one header
    lone_step: TypeSizes = 0.9  # over a single column, where any title stands over it too
    money_step: TypeSizes = 2.4  # between the lines of a header of bare integers
    whole: Share = 0.9  # of the grid: a cell so wide is a title or heads rows
    in_cell: Share = 0.5  # of the narrower of cell and column
    in_span: Share = 0.3  # of the column, that a text covers
    from_labels: Share = 0.35  # of the first column, by which a text may begin before it
    centred: TypeSizes = 1.2  # twice the distance from the middle of its group, in a ruled cell
    centred_title: TypeSizes = 2.0  # the same for a title over the table
    title_gap: TypeSizes = 1.3  # a title stands farther from the header
    title_size: Times = 1.15  # or is set larger
    ruled_off_above: TypeSizes = 0.1  # a rule under a line, from its baseline
    ruled_off_below: TypeSizes = 0.3
    ruled_off: Share = 0.85  # of the table: a rule so wide parts a title from the header
    justified: TypeSizes = 2.5  # spaces of justified text stay below
    broken_size: Share = 0.2  # by which the rest of a broken header differs from the rows, and not from the header
    broken_edge: TypeSizes = 0.3
    broken_step: TypeSizes = 1.5
    reach: Share = 0.6  # of its width, that an outer column answers for beside it
    least_reach: Points = 25.0
    near_border: Times = 3  # of the width of the first column: a border farther left is that of the labels
    least_width: Points = 20.0
    numbers_gap: TypeSizes = 1.1  # between column numbers, `1  2  3 = (1 + 2)`
    column_edge: TypeSizes = 0.35  # from the end of a header text to the edge of its column
    level: TypeSizes = 0.4  # between texts of one line of the header
    aligned: TypeSizes = 0.6  # with the text below: the first line of one header, no group
    shared: TypeSizes = 3  # from the middle of the columns that a group header was given
    first_under: TypeSizes = 1.1  # a header of two lines begins so far above its neighbours of one
    money_reach: TypeSizes = 4.0  # that an outer header of bare integers answers for beside it
    money_reach_width: Share = 0.6  # of its own width, if that is more
    upright_far: RowHeights = 4.0  # between headers set on their side and the first row
    upright_named: Share = 0.6  # of the columns: without a header before, and with one after


@dataclass(frozen=True, slots=True)
class SlotSettings:
    """Label words to label columns (`table.slots`)."""

    inside: Points = 1.5  # of the borders of a cell
    reach: Share = 0.3  # of the first column, by which a label may reach into it
    gap: TypeSizes = 1.6  # between texts of two label columns without a rule
    content_back: TypeSizes = 0.2  # words that follow in the content and on the line are one text
    content_gap: TypeSizes = 0.6
    border: Points = 6  # from a rule to the text that begins at it
    border_gap: TypeSizes = 0.9  # or between the texts at its sides
    along: Share = 0.3  # of the body, that a rule between label columns runs along
    drawn_gap: TypeSizes = 0.4  # at an undrawn border: running text has narrower spaces
    gutter: TypeSizes = 0.7  # an empty stripe that wide may part two label columns
    gutter_lines: Share = 0.3  # of the lines, with text on each side
    gutter_edge: Share = 0.6  # of the texts right of it, that begin at one of two places
    header_gap: TypeSizes = 1.2  # lines of one header without such a gap are one text


@dataclass(frozen=True, slots=True)
class RowSettings:
    """Label lines and figures to rows (`table.rows`). The scores were weighed against each other on unruled state
    budgets and CONAC formats whose labels wrap.
    """

    level: TypeSizes = 0.45  # between the baselines of amounts of one row
    beside: TypeSizes = 0.6  # between an amount and the label line at its left
    completed: TypeSizes = 1.7  # amounts without a label that fill the gaps of a row so near are of that row
    complement: TypeSizes = 1.0  # from a text to the key and the amounts of its tall row
    straddled: TypeSizes = 1.3  # from amounts between two lines of their label to each of them
    one_line: Score = 5.0  # texts side by side
    starts: Score = 2.0  # a code or bullet begins a row, a small letter does not
    leads_on: Score = 2.0  # the line above ends in `de`, a comma, an open parenthesis
    other_weight: Score = 1.5  # one is bold, the other not
    other_case: Score = 1.0  # one is in capitals, the other not
    no_room: Score = 1.0  # the next word did not fit above
    room: Score = 1.5  # it did
    room_share: Share = 0.25  # of the label column, that is room
    room_gap: TypeSizes = 0.3  # a space
    spaced: TypeSizes = 1.25  # rows farther apart tell their lines by the step
    near: Share = 0.85  # of the usual step between rows: lines so near are one label
    near_score: Score = 1.0
    not_near: Score = 0.5
    far: TypeSizes = 1.9  # lines farther apart are two rows
    far_pitch: Share = 0.9  # if that is about a row
    far_score: Score = 2.0
    indent: TypeSizes = 1.5  # between the begins of two lines of one label
    indent_score: Score = 0.5
    beyond: TypeSizes = 2.0  # from the end of the longest label line to the next: it runs over into the next cell
    ends: Count = 8  # label lines that tell where their column ends
    doubt: Score = 0.25  # no hint at all: another row
    unlike: Score = -1.0  # a line without amounts that looks less like a part of its neighbour is a heading of its own
    sure: Score = 0.5  # by which a line of a scanned label reads on to its own row rather than to the next
    coded: Share = 0.8  # of the rows with amounts, that print a code: a line without one is a part of a label


@dataclass(frozen=True, slots=True)
class BlockSettings:
    """A stretch of a page to a table (`table.page_tables`, `table.block`, `table.sides`)."""

    header_width: Share = 0.7  # of the table, for a header ruled apart over it
    header_gap: Points = 18  # at most between the two
    header_overlap: Points = 4
    adopted_gap: TypeSizes = 0.9  # from a ruled body to header texts printed over it
    adopted_lines: Count = 3
    adopted: Share = 0.6  # of the columns, that such texts must name
    same_rule: Points = 3.0
    row_rule: Share = 0.6  # of the width of the amounts, under a row
    prose_words: Count = 9  # in one piece of a line
    prose_width: TypeSizes = 42  # of such a piece
    over_pad: Share = 0.6  # of a figure, by which a header text may miss it
    over_left: Share = 2.5  # of a figure, by which a header may begin before it
    over_right: Share = 1.5  # and end after it
    headed: Share = 0.6  # of the figures of a row, under texts: these are a header
    header_step: TypeSizes = 3.2  # a line farther up is no part of the header
    ends: TypeSizes = 2.2  # the step to a line after the last amounts that is not of the table
    code_step: TypeSizes = 1.8  # from a code in a header cell to its text
    label_step: TypeSizes = 1.8  # between the lines of a label that begins above its amounts
    label_size: Share = 0.05  # by which such a line may differ
    stamp: Times = 1.7  # of the usual size: larger words over rows are a stamp
    heading_gap: TypeSizes = 5.0  # from a heading to the table of one row that it names
    stamp_lines: Count = 3  # more lines of larger words are no stamp
    stamped: Times = 1.2  # of the same: the rows
    ruled_rows: Share = 0.6  # of the rows, each between two rules: rules part the rows
    over_bands: Share = 0.8  # of a band, that a merged cell covers
    filled: Times = 1.4  # of its content: a higher band is no single row
    padding: Points = 4
    sides_labelled: Share = 0.6  # of the rows with amounts that have a label right before them, in tables side by side
    most_sides: Count = 4
    sides_header: TypeSizes = 8  # over the first amounts of a side


@dataclass(frozen=True, slots=True)
class JoiningSettings:
    """Blocks to tables over pages, and the titles above them (`table.joining`, `titles`)."""

    turns: Count = 4  # tables that pages may set in turns
    overlap: Share = 0.5  # of the narrower of two columns that are one
    right_edge: Points = 6  # or their right edges are so near
    fresh: Share = 0.4  # of the columns, new on this page
    shifted: Share = 0.03  # of the width of the table: columns of a page that is shifted and scaled
    gone_on: Share = 0.7  # of the cells of a row cut by the page's end that go on
    title_gap: TypeSizes = 1.5  # between the lines of a title
    title_lines: Count = 6


@dataclass(frozen=True, slots=True)
class DoubtSettings:
    """What makes a label unsure (`table.doubt`)."""

    across: TypeSizes = 0.3  # that two words of a label share, one over the other
    letters: Count = 2  # of a word that says something, more
    down: TypeSizes = 0.4  # and of their height: lines of a label touch at most
    keyed: Share = 0.8  # of the rows that hold one key and nothing else: a column of keys
    under: TypeSizes = 0.5  # between two keys of one row: the lower one is of another row


@dataclass(frozen=True, slots=True)
class AlignedSettings:
    """Columns of a register without rules (`aligned`). Measured on exports of spreadsheets, and on 176 budgets, which have none."""

    columns: Count = 4  # that it has at least
    gutter: TypeSizes = 0.35  # between columns: more than the space between words
    crossed: Share = 0.04  # of the lines: a text that runs over
    leading: TypeSizes = 1.45  # between lines of one cell
    same_line: TypeSizes = 0.5
    near: TypeSizes = 0.25  # lines of two columns that begin or end together
    figured: Share = 0.75  # of the lines of a column that has one a row
    narrow: Share = 0.25  # of the width of a table, a heading that a column wraps; of its lines, those of a column
    after_figures: Points = 1.0  # a column of numbers set to its right edge ends that near to the next


WORDS = WordSettings()
LINES = LineSettings()
FIGURES = FigureSettings()
RULES = RuleSettings()
SIGHT = SightSettings()
MARKS = MarkSettings()
FURNITURE = FurnitureSettings()
QUALITY = QualitySettings()
COLUMNS = ColumnSettings()
HEADERS = HeaderSettings()
SLOTS = SlotSettings()
ROWS = RowSettings()
BLOCKS = BlockSettings()
JOINING = JoiningSettings()
DOUBT = DoubtSettings()
ALIGNED = AlignedSettings()
