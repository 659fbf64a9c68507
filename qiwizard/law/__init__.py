"""The law as data: facts, doctrines, precedents, courts, and what each weighs in a forum."""
