"""The business suites: what must be true of the numbers, why, and how much it matters.

ERROR stops the release: a promise is broken, so the program is wrong. WARN is published with the release: a source is
odd, so a reader must know. One odd document never stops the others. The checks are in `business_reading`,
`business_numbers` and `business_out`; what the schema alone says is in `structural`.
"""

from expectations.business_numbers import number_specs
from expectations.business_out import out_specs
from expectations.business_reading import reading_specs
from expectations.spec import Spec


def business_specs() -> list[Spec]:
    """Every business check, from raw to out."""
    return [*reading_specs(), *number_specs(), *out_specs()]
