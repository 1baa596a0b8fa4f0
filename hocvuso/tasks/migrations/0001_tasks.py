import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('attachments', '0001_initial'),
        ('places', '0001_initial'),
        ('plans', '0005_progress_moves_to_tasks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # These two tables are older than this package: `plans` made them.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='TaskOwner',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks_owned', to=settings.AUTH_USER_MODEL)),
                        ('org', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.organisation')),
                        ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='owners', to='plans.task')),
                        ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                    ],
                    options={
                        'db_table': 'plans_taskowner',
                    },
                ),
                migrations.CreateModel(
                    name='TaskProgress',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('not_started', 'chưa thực hiện'), ('under_way', 'đang thực hiện'), ('done', 'đã hoàn thành'), ('confirmed', 'đã hoàn thành, được xác nhận'), ('returned', 'bị trả lại để bổ sung')], max_length=12)),
                        ('document', models.CharField(blank=True, max_length=160)),
                        ('note', models.TextField(blank=True)),
                        ('on', models.DateField()),
                        ('by', models.CharField(max_length=64)),
                        ('recorded_at', models.DateTimeField()),
                        ('org', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.organisation')),
                        ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='plans.task')),
                        ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                    ],
                    options={
                        'db_table': 'plans_taskprogress',
                    },
                ),
                migrations.AddConstraint(
                    model_name='taskowner',
                    constraint=models.UniqueConstraint(fields=('task', 'unit'), name='owner_of_task_at_unit'),
                ),
                migrations.AddConstraint(
                    model_name='taskowner',
                    constraint=models.UniqueConstraint(fields=('task', 'org'), name='owner_of_task_at_org'),
                ),
                migrations.AddConstraint(
                    model_name='taskprogress',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('org__isnull', False), ('unit', None)), models.Q(('org', None), ('unit__isnull', False)), _connector='OR'), name='progress_of_one_bearer'),
                ),
            ],
        ),
        migrations.AddField(
            model_name='taskprogress',
            name='occurrence',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='taskprogress',
            name='result_type',
            field=models.CharField(blank=True, max_length=24),
        ),
        migrations.AddField(
            model_name='taskprogress',
            name='attachment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='attachments.attachment'),
        ),
        migrations.CreateModel(
            name='AlertDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('recorded_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Occasion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('document', models.CharField(max_length=160)),
                ('due', models.DateField()),
                ('on', models.DateField()),
                ('by', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField()),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='occasions', to='plans.task')),
            ],
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('occurrence', models.DateField(blank=True, null=True)),
                ('title', models.CharField(max_length=200)),
                ('due', models.DateField(blank=True, null=True)),
                ('on', models.DateField()),
                ('by', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('for_org', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.organisation')),
                ('for_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('org', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.organisation')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='plans.task')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'ordering': (models.OrderBy(models.F('due'), nulls_last=True), 'pk'),
            },
        ),
        migrations.CreateModel(
            name='StepProgress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('not_started', 'chưa thực hiện'), ('under_way', 'đang thực hiện'), ('done', 'đã hoàn thành'), ('confirmed', 'đã hoàn thành, được xác nhận'), ('returned', 'bị trả lại để bổ sung')], max_length=12)),
                ('document', models.CharField(blank=True, max_length=160)),
                ('note', models.TextField(blank=True)),
                ('on', models.DateField()),
                ('by', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField()),
                ('attachment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='attachments.attachment')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='tasks.step')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due', models.DateField()),
                ('stage', models.SmallIntegerField()),
                ('told', models.PositiveSmallIntegerField()),
                ('on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('org', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.organisation')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='plans.task')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('org__isnull', False), ('unit', None)), models.Q(('org', None), ('unit__isnull', False)), _connector='OR'), name='alert_of_one_bearer'), models.UniqueConstraint(fields=('task', 'unit', 'due', 'stage'), name='alert_once_at_unit'), models.UniqueConstraint(fields=('task', 'org', 'due', 'stage'), name='alert_once_at_org')],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('on', models.DateField()),
                ('by', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField()),
                ('giver', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('org', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.organisation')),
                ('taker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='plans.task')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('org__isnull', False), ('unit', None)), models.Q(('org', None), ('unit__isnull', False)), _connector='OR'), name='handover_at_one_bearer')],
            },
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('org__isnull', False), ('unit', None)), models.Q(('org', None), ('unit__isnull', False)), _connector='OR'), name='step_of_one_bearer'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('account', None), ('for_unit', None)), models.Q(('account', None), ('for_org', None)), models.Q(('for_org', None), ('for_unit', None)), _connector='OR'), name='step_for_one_at_most'),
        ),
    ]
