"""The domain: pure, standard library only. What it needs arrives as an argument."""
