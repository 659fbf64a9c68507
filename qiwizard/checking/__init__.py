"""Is the library well formed, true to its texts, and the interview over it sound?"""
