"""What a table is searched by, kept folded: a column that the database computes by itself, whoever writes the row."""

from typing import Any, Final

from django.db import models
from django.db.models.functions import Concat

from spotcheck.rules.folding import TRANSLATED

NAME: Final = "spotcheck_fold"


class Fold(models.Func):
    """``fold`` of :mod:`spotcheck.rules.folding`, as the database does it."""

    function = NAME
    arity = 1
    output_field = models.TextField()


def folded(*names: str) -> Any:
    """A column with these others, folded, one after the other."""
    parts = [part for name in names for part in (models.Value(" "), models.F(name))][1:]
    whole = Concat(*parts, output_field=models.TextField()) if len(parts) > 1 else models.F(names[0])
    return models.GeneratedField(expression=Fold(whole), output_field=models.TextField(), db_persist=True)


def function() -> str:
    """The statement that makes the function.

    Columns that exist are not computed anew: whoever changes what is folded adds a migration that makes the function
    and the columns again.
    """
    kept = [(character, other) for character, other in TRANSLATED.items() if other]
    dropped = "".join(character for character, other in TRANSLATED.items() if not other)
    of, to = ("".join(side) for side in zip(*kept, strict=True))
    return f"""
CREATE FUNCTION {NAME}(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(regexp_replace(translate(
    lower(normalize(given, NFKC)), $fold${of}{dropped}$fold$, $fold${to}$fold$
), ' +', ' ', 'g'), ' ');
"""
