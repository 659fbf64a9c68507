"""From a posture to a ruling, and to all that can be asked about it."""
