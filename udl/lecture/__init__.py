"""The course on a projector: a notebook's slides, live in JupyterLab or as a page on its own."""
