"""The full-screen interface of qiwizard, one screen per module; started by the command line."""
