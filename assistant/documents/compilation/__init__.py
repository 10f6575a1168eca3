"""The compilation of policies as a document: Word, HTML or PDF.

    selection   which policies, in which chapters, with their status on the day
    content     the same as headings, boxes, paragraphs and tables: one stream for every format
    page, word  the formats; `pdf` prints the Word file through LibreOffice
    pagination  on which page a heading stands

Wording is in `words.yaml`, fonts, sizes and margins are in `typography.yaml`.
"""
