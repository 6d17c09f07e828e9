"""Which row of a table contains which: by what is printed, by the sums, and the tree both give.

What a sum proves of an amount belongs to `transforms.core.proof`. In: one `PrintedGrid`. Out: parent, depth and kind of its rows.
"""
