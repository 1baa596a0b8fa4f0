"""The province's reporting system: files it can take in, in the shape it asks for, and the packets they are grouped by.

QCVN 125:2021/BTTTT names thirteen packets; what stands in each is our reading of its name, as the text of their schema is not public
here. No conformance is claimed: headers, columns and order come from a mapping file that an office changes. Nothing is sent; files are made
to be uploaded by a person.
"""
