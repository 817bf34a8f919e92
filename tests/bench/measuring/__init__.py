"""The parts of tests/bench/measure.py."""
