"""Veilleuse protects children in chat communities; `veilleuse.engine.Engine` is its heart."""

from pathlib import Path

__version__ = "0.1.0"
# What ships beside the code: lexicons, tables, messages, samples. `importlib.resources` would find it as well, but
# importing that takes a tenth of the time in which a command starts.
DATA = Path(__file__).parent / "data"
