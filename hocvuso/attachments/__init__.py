"""Files that people add to something else: a signed report, the document that shows a task is done, a photo of an inspection.

Kept by the digest of their bytes, for nobody but the program. Imports `audit` and `lib`. Knows nothing of what a file is added to; who may
open one is the business of the package that points to it.
"""
