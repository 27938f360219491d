"""What a person reads during a walk, as documents: one source for the screen and for text."""
