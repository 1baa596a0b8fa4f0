from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatic(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped base
    """Names with a hash, cached for good; a name that was never collected is served as it stands instead of breaking a page."""

    manifest_strict = False
    support_js_module_import_aggregation = True  # a module names its neighbours; their names get hashes, too
