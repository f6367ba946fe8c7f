"""What ``run.py`` does: keeps ``.venv`` as the lock files say, and runs commands in it.

Standard library only, since it runs before anything is installed. What it says goes to standard
error in Chinese, so that the output of ``check --format json`` and the like can be piped.
"""
