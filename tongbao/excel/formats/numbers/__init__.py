"""Number formats: what the screen shows of a number by the format of its cell. `shown` is the door."""
