"""From figures to totals, shares and outcomes: pure, integers only."""
