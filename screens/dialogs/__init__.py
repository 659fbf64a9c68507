"""What is asked in a window above a screen, and goes away again."""
