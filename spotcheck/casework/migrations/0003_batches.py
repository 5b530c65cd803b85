"""Acts for many cases at once: new tables only, so that code of before runs on. Reversible."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0002_owners_handovers_notes'),
        ('docket', '0011_roots_seal_what_is_written_once'),
        ('parties', '0007_offices_may_ask_for_a_second_factor'),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('act', models.CharField(max_length=60)),
                ('on', models.DateField(help_text='the legal date of the act in every case')),
                ('stage', models.CharField(choices=[('looking', 'Looking'), ('looked', 'Looked'), ('doing', 'Doing'), ('done', 'Done')], default='looking', max_length=7)),
                ('late_reason', models.TextField(blank=True, default='')),
                ('begun_at', models.DateTimeField()),
                ('asked_at', models.DateTimeField(help_text='when it was confirmed', null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='parties.post')),
            ],
        ),
        migrations.CreateModel(
            name='BatchLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('chart', models.CharField(max_length=20)),
                ('matter_id', models.BigIntegerField()),
                ('seen', models.PositiveIntegerField(help_text='how many entries the dossier had')),
                ('outcome', models.CharField(choices=[('waiting', '待检查'), ('ready', '可以办理'), ('refused', '不能办理'), ('done', '已办理'), ('left', '未选')], default='waiting', max_length=7)),
                ('said', models.JSONField(default=dict)),
                ('papers', models.JSONField(default=list)),
                ('late', models.PositiveSmallIntegerField(default=0, help_text='days after its day')),
                ('at', models.DateTimeField(help_text='when it was done, or refused then', null=True)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='casework.batch')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='docket.dossier')),
                ('entry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='docket.entry')),
            ],
        ),
        migrations.AddIndex(
            model_name='batch',
            index=models.Index(condition=models.Q(('stage__in', ['looking', 'doing'])), fields=['begun_at'], name='batches_at_work'),
        ),
        migrations.AddIndex(
            model_name='batch',
            index=models.Index(fields=['post', '-begun_at'], name='casework_ba_post_id_7114a3_idx'),
        ),
        migrations.AddConstraint(
            model_name='batchline',
            constraint=models.UniqueConstraint(fields=('batch', 'place'), name='a_line_once_in_a_batch'),
        ),
        migrations.AddConstraint(
            model_name='batchline',
            constraint=models.UniqueConstraint(fields=('batch', 'chart', 'matter_id'), name='a_matter_once_in_a_batch'),
        ),
    ]
