"""Pictures of what was read: the place of a line on its page or sheet, and a page with everything recognised on it.

In: bytes and raw rows. Out: images. Which line, and what is said of it, is decided by the caller; nothing is read anew
here except the words around a place.
"""

from sources.picture.crop import Evidence, Figure, Picture, crop
from sources.picture.recognised import busiest_page, recognised

__all__ = ["Evidence", "Figure", "Picture", "busiest_page", "crop", "recognised"]
