"""Veilleuse protects children in chat communities; `veilleuse.engine.Engine` is its heart."""

__version__ = "0.1.0"
