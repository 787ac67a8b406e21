"""Invitations, and the table in which the limits on signing in are counted."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# What DatabaseCache asks for, as `createcachetable` would make it.
LIMITS = """
CREATE TABLE accounts_limits (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX accounts_limits_expires ON accounts_limits (expires);
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(LIMITS, "DROP TABLE accounts_limits"),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(default=1, help_text='How many links were made: each makes those before it void.')),
                ('ends_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('invited_by', models.ForeignKey(help_text='Empty: by a command on the server.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='invitation', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('accepted_at', None), ('accepted_at__lte', models.F('ends_at')), _connector='OR'), name='an_invitation_is_accepted_before_it_ends'), models.CheckConstraint(condition=models.Q(('invited_by', None), models.Q(('invited_by', models.F('user')), _negated=True), _connector='OR'), name='nobody_invites_themselves')],
            },
        ),
    ]
