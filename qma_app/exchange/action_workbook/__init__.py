"""The workbook in which a dealership works on its action plan, and its way back: three-way, cell by cell."""
