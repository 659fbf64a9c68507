"""Practice for law clerks: drills generated from the library, the orders and the engine."""
