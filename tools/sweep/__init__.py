"""Every file of a folder through the commands of the program, each as a run of its own: `python -m tools.sweep FOLDER`.

What a command refuses, with a reason, is as good as what it takes. A fault is what no file may cause: status 3, a
traceback, a run that does not end, English on the screen, half a file in the office, a changed ledger.
It needs Linux: a run is a fork of one process that has imported everything, with the limits of the system.
"""
