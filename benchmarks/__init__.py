"""Figures: be-tui measured beside its peers, as ratios in one run."""
