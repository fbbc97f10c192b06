"""Exchange: what translators' own tools read and write, and how it comes back.

Out: a `Parcel` of units, written by `xliff`, `xliff1`, `docx`, `tmx`, `portions` (PO) or
`glossaries` (CSV). Back: `recognition` finds out what a file is and reads it as a `Delivery`;
`plans` says what that would change in a catalogue.
"""
