"""A shop with 68 queries, what is known of its rows, and the best index of each by brute force."""
