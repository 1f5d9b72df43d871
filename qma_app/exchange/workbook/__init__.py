"""What every Excel workbook is made with: words, looks, sheets and columns, and the sheets of an assessment."""
