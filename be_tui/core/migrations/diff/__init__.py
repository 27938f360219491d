"""What tells two schemas apart."""
