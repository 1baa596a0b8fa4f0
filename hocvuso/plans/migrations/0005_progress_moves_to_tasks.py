from django.db import migrations


class Migration(migrations.Migration):
    """The tables of progress and owners stay as they are; from here on `tasks` owns them (tasks/0001)."""

    dependencies = [
        ('plans', '0004_duty_day'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name='TaskOwner'),
                migrations.DeleteModel(name='TaskProgress'),
            ],
        ),
    ]
