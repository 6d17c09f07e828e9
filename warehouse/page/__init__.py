"""The page of a release: one HTML file that opens anywhere, offline, on a phone, in Spanish with an English switch.

It tells what the tables say, what was refused, what is missing, and leads each figure to its printed place. Nothing is
computed here: what is shown is what the release holds. `contents` asks the database, `charts` draws,
`page.html` writes. In: the database of a release. Out: one HTML file.
"""

from warehouse.page.write import STYLE, Edition, Pictures, write_page

__all__ = ["STYLE", "Edition", "Pictures", "write_page"]
