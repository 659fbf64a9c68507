"""Programs to measure beside ours."""
