"""Every change to the count: one function is one step and leaves its trace. None commits."""
