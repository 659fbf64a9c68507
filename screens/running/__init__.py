"""The application as a process: its driver, its end, its settings and keys."""
