"""The worksheet functions: parse the ranges, call the logic, return values."""
