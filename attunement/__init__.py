"""The words of the method: frameworks of principles, and scales that a body builds itself."""
