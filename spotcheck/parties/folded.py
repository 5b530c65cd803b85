"""What a table is searched by, kept folded: a column that the database computes by itself, whoever writes the row."""

from typing import Any, Final

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Concat

from spotcheck.rules.folding import TRANSLATED

NAME: Final = "spotcheck_fold"
BIGRAMS: Final = "spotcheck_bigrams"


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


class Bigrams(models.Func):
    """Every two signs of a text that stand together, as the database finds them: what an index of infixes holds.

    Two Chinese signs are a word; trigrams would not know it.
    """

    function = BIGRAMS
    arity = 1


def infixes(column: str, name: str) -> GinIndex:
    """The index by which :class:`Holds` finds in a folded column."""
    return GinIndex(Bigrams(column), name=name)


@models.TextField.register_lookup
class Holds(models.Lookup):
    """``found_by__holds=word``: the folded column has the folded word somewhere in it.

    Of two signs and more its pairs are asked first, and an index answers; one sign alone is looked for row by row.
    """

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The condition and its parameters."""
        column, given = self.process_lhs(compiler, connection)
        word = str(self.rhs)
        like = f"%{connection.ops.prep_for_like_query(word)}%"
        pairs = sorted({word[at : at + 2] for at in range(len(word) - 1)})
        if not pairs:
            return f"{column} LIKE %s", (*given, like)
        sql = f"({BIGRAMS}({column}) @> %s::text[] AND {column} LIKE %s)"
        return sql, (*given, pairs, *given, like)


def function_of_bigrams() -> str:
    """The statement that makes the function of :class:`Bigrams`."""
    return f"""
CREATE FUNCTION {BIGRAMS}(given text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ARRAY(SELECT DISTINCT substr(given, place, 2) FROM generate_series(1, length(given) - 1) AS place);
"""  # noqa: S608 -- nothing in it comes from outside


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
