"""qiwizard: an official has raised qualified immunity; is discovery stayed, limited, or not?

The package is the law as data and the reasoning over it. It imports no terminal library.
"""

# Stated here, and read from here by the build: asking the installed package costs more time
# than all the rest of `--version`.
__version__ = "0.1.0"
