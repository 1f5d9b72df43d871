"""A standard as a workbook its keeper works in, and the way back."""
