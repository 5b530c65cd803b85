"""Letters that leave the program: what is to be sent, how often it was tried, and what the server answered.

A new table: nothing stored changes, and code of before runs on. Reversible.
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('docket', '0009_disposal'),
    ]

    operations = [
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('about', models.CharField(blank=True, default='', max_length=120)),
                ('channel', models.CharField(choices=[('mail', 'mail')], default='mail', max_length=10)),
                ('target', models.CharField(blank=True, default='', help_text='where it went; said when it is sent', max_length=254)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('next_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('parked_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, default='', max_length=200)),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='docket.message')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done_at__isnull', True), ('parked_at__isnull', True)), fields=['next_at', 'id'], name='delivery_waiting'), models.Index(fields=['kind', 'about', '-created_at'], name='delivery_about')],
            },
        ),
    ]
