"""Practice for clerks at the terminal."""
