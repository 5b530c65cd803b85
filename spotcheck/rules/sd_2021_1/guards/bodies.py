"""What stands in the way of naming a body that may not test (Articles 10, 40, 47): ours.

Only files of tasks whose record is full are asked.
"""

from typing import Final

from spotcheck.rules.guards import Guard
from spotcheck.rules.words import Words

BODIES: Final = (
    Guard(
        "body_qualified",
        (10, 40, 47),
        Words("检验机构不具备这一天检验该产品的资质", "the body is not qualified to test the product on that day"),
        Words(
            "选择资质有效且范围覆盖该产品的机构，或者由省局登记该机构新的资质证书",
            "choose a body whose certificate is valid and covers the product, or have the province record a new one",
        ),
    ),
)
