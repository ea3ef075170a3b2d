"""What cells say: text, numbers, dates, deadlines and the names of units, read by pure rules."""
