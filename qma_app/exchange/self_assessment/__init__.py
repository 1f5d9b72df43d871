"""The workbook in which the head of a department rates the own area, and its way back."""
