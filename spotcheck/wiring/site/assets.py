"""How style sheets and scripts are served: under names with their hash, compressed, for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

_MODULES = "*/js/*.js"
_IMPORTS = (
    (r"""(?P<matched>from "(?P<url>\./[^"]+)")""", 'from "%(url)s"'),
    (r"""(?P<matched>import "(?P<url>\./[^"]+)")""", 'import "%(url)s"'),
)


class HashedAssets(CompressedManifestStaticFilesStorage):
    """Our modules import one another by their hashed names too: a page never mixes those of two versions.

    Only ours: Django's own switch for it stumbles over the names that packages import without a path.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, (_MODULES, _IMPORTS))
