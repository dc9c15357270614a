"""The least each piece of work could cost: tiny programs without Attune."""
