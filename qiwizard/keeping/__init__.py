"""Running sessions kept on disk, so that no answer is lost."""
