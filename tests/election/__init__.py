"""A whole election through the API: scripts play its people, then a judge looks at it."""
