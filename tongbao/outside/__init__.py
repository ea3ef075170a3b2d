"""All that touches the disk, the screen and processes."""
