"""The terminal face of qiwizard: one screen a file. Started only by the command line."""
