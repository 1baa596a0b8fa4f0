"""What goes to the level above, and what came from below: cells of commune × week in packages, under one signed manifest.

A province makes the packages from its snapshot (`content`); whoever receives them keeps them as they came (`store`), and readers of figures
find them beside the own cells (`received`). Never carries a village, a day of one, or a person. What travels between the two instances is
`connect.upward` and `web.api.upward`.
"""
