"""One function a chart: plain data in, a drawing out, the same for paper and screen.

Drawings hold only rectangles, lines, polygons, circles, paths, strings and groups, so that a painter of few lines can show
them on screen. Words in a chart are ready for the reader: the caller translates and rounds.
"""
