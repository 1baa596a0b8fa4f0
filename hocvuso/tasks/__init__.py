"""What is done about the tasks of plans: their days, who answers, steps, evidence, reminders and what happens when one is late.

Imports `plans`, `messages`, `attachments` and below. A plan's own words (title, lead, deadline) stay in `plans` and are never changed here.
Never makes a figure.
"""
