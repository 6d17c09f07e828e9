"""Bytes of strangers are read apart: one process per document, limited, and shut in before the first of them.

What is read is for `sources`, what becomes of it for `pipelines.work`; nothing here knows a home. In: a document. Out: its
reading, or the sentence that says why there is none.
"""
