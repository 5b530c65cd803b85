"""People, posts and offices as administration needs them: numbers, entitlements, absences, deputies, who stands above.

Only new tables and columns with defaults of the database, so that code of before runs on. Nothing is deleted with a
person any more. Reversible.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('reason', models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Deputyship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='StaffNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, verbose_name='工号')),
            ],
        ),
        migrations.AddField(
            model_name='office',
            name='parent',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='parties.office'),
        ),
        migrations.AddField(
            model_name='office',
            name='short_name',
            field=models.CharField(blank=True, db_default='', default='', max_length=20, verbose_name='简称'),
        ),
        migrations.AddField(
            model_name='office',
            name='since',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='office',
            name='until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='post',
            name='certificate',
            field=models.CharField(blank=True, db_default='', default='', max_length=60, verbose_name='证件号'),
        ),
        migrations.AddField(
            model_name='post',
            name='certificate_until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='post',
            name='confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='post',
            name='entitlements',
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.AddField(
            model_name='post',
            name='granted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='user',
            name='left_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='user',
            name='mobile',
            field=models.CharField(blank=True, db_default='', default='', max_length=30, verbose_name='手机'),
        ),
        migrations.AddField(
            model_name='user',
            name='must_change_password',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='user',
            name='sso_only',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name='post',
            name='role',
            field=models.CharField(choices=[('officer', '监管人员'), ('sampler', '抽样人员'), ('analyst', '检验人员'), ('enterprise', '企业经办人'), ('administrator', '管理员')], max_length=20),
        ),
        migrations.AlterField(
            model_name='post',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='office',
            constraint=models.UniqueConstraint(condition=models.Q(('short_name', ''), _negated=True), fields=('short_name',), name='office_short_name_once'),
        ),
        migrations.AddField(
            model_name='absence',
            name='deputy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stands_in', to='parties.post'),
        ),
        migrations.AddField(
            model_name='absence',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='parties.post'),
        ),
        migrations.AddField(
            model_name='deputyship',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputyships_of_others', to='parties.post'),
        ),
        migrations.AddField(
            model_name='deputyship',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputyships', to='parties.post'),
        ),
        migrations.AddField(
            model_name='staffnumber',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='staff_numbers', to='parties.office'),
        ),
        migrations.AddField(
            model_name='staffnumber',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='staff_numbers', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='absence',
            index=models.Index(fields=['post', 'first_day'], name='parties_abs_post_id_74deee_idx'),
        ),
        migrations.AddIndex(
            model_name='absence',
            index=models.Index(fields=['deputy', 'first_day'], name='parties_abs_deputy__624d4a_idx'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='an_absence_is_a_span'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('post', models.F('deputy')), _negated=True), name='nobody_is_his_own_deputy'),
        ),
        migrations.AddConstraint(
            model_name='deputyship',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('post', 'other'), name='one_standing_deputyship'),
        ),
        migrations.AddConstraint(
            model_name='deputyship',
            constraint=models.CheckConstraint(condition=models.Q(('post__lt', models.F('other'))), name='a_deputyship_is_of_two_posts'),
        ),
        migrations.AddConstraint(
            model_name='staffnumber',
            constraint=models.UniqueConstraint(fields=('office', 'number'), name='staff_number_once_in_an_office'),
        ),
        migrations.AddConstraint(
            model_name='staffnumber',
            constraint=models.UniqueConstraint(fields=('office', 'user'), name='one_staff_number_in_an_office'),
        ),
        migrations.AddConstraint(
            model_name='staffnumber',
            constraint=models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='a_staff_number_is_not_empty'),
        ),
    ]
