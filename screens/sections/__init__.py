"""Reports drawn for the screen: blocks of a report to blocks of a page."""
