"""What is made up, pure: places and their temper (`world`), people (`residents`), what happens to each (`journeys`), what a commune does
(`movement`) and what others say about it (`claims`). Days are counted from the first day of the campaign (`chance`).
"""
