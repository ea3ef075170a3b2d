"""Tables in web pages: the page, its styles and tables, and pages packed into one file."""
