"""The wizard line by line, for screen readers, slow links and scripts."""
