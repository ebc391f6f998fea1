"""The only clock of the application: the day of a check."""

from datetime import date, datetime


def today() -> date:
    """The day it is where the program runs."""
    return datetime.now().astimezone().date()
