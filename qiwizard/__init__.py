"""qiwizard: an official has raised qualified immunity; is discovery stayed, limited, or not?

The package is the law as data and the reasoning over it. It imports no terminal library.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("qiwizard")
except PackageNotFoundError:  # run from a checkout that was never installed
    __version__ = "0+checkout"
