"""One case under interview, and what changed since it was ruled on."""
