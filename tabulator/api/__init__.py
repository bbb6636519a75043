"""The JSON skin: who may, what came in, one question or action, what goes out."""
