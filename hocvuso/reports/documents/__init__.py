"""Report documents as files: frozen dataclasses in, a Word, PDF or Excel file out, in the form of whoever issues it.

`form`, `template` and `library` read what a document looks like and says (`data/reports`, and an office's own files); `periodic` puts
a report together; `model` is the document with no trace of a file format; `layout` breaks it into lines, rules, columns and tables;
`docx_writer` and `pdf_writer` draw these. Pure: no Django, no clock, no database, and the same document always gives the same bytes.
It never computes a figure, or gives a document its number. Import the writers where they are used: their libraries are slow to load.
"""
