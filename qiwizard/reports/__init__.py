"""Sessions and rulings as documents: read, checked, and written."""
