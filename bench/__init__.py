"""How fast the program is beside its peers: every figure of docs/PERFORMANCE.md in one run."""
