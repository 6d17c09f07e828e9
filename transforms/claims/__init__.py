"""Published sentences and affordability cards held against what the documents of this release say.

Comparisons without a sentence belong to `transforms.compare`. In: definitions, core, comparisons, the release before.
Out: `out.claim`, `out.affordability`, `out.practice`, `out.release_difference`.
"""
