"""What every reader needs, imported once: the processes that read are copies of one that did this and nothing else.

Imported by the server of processes only. All must be loaded before a reader is shut in: it may execute no new memory.
"""

import ctypes
import gc
import importlib
import os

_MODULES = ("pipelines.apart.reader", "sources.pdf", "sources.sheets", "sources.picture")

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"  # a process with threads cannot be copied
for _name in _MODULES:
    importlib.import_module(_name)
# PDFium calls back into Python over code that is made for it: room for some hundreds is set aside with the first.
ROOM_FOR_CALLBACKS = ctypes.CFUNCTYPE(None)(lambda: None)
gc.collect()
gc.freeze()  # or the collector of each copy would copy all that is imported
