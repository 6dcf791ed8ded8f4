"""A series keeps a rule of RFC 5545 instead of a week day and a number of weeks."""

from datetime import timedelta

from django.db import migrations, models
from django.utils import timezone

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST = 500


def write_rules(apps, schema_editor):
    """Every n weeks on a week day becomes a rule, which counts from its first such day."""
    changed = []
    for series in apps.get_model("activities", "Series").objects.all().iterator():
        interval = f";INTERVAL={series.every_weeks}" if series.every_weeks > 1 else ""
        series.rule = f"FREQ=WEEKLY{interval};BYDAY={DAYS[series.weekday - 1]}"
        series.first_on += timedelta(days=(series.weekday - series.first_on.isoweekday()) % 7)
        changed.append(series)
    fields = ["rule", "first_on"]
    apps.get_model("activities", "Series").objects.bulk_update(changed, fields, batch_size=MOST)


def write_weekdays(apps, schema_editor):
    """Go back. What the old form cannot say (each month, several days) ends today.

    The days already written stay.
    """
    changed, today = [], timezone.localdate()
    for series in apps.get_model("activities", "Series").objects.all().iterator():
        parts = dict(part.split("=") for part in series.rule.split(";"))
        series.weekday = series.first_on.isoweekday()
        series.every_weeks = int(parts.get("INTERVAL", 1))
        if parts != {"FREQ": "WEEKLY", "BYDAY": parts.get("BYDAY")} | (
            {"INTERVAL": parts["INTERVAL"]} if "INTERVAL" in parts else {}
        ) or "," in parts["BYDAY"]:
            series.every_weeks = 1
            series.last_on = min(series.last_on or today, today)
        changed.append(series)
    fields = ["weekday", "every_weeks", "last_on"]
    apps.get_model("activities", "Series").objects.bulk_update(changed, fields, batch_size=MOST)


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0004_activities_by_gem_and_day'),
    ]

    operations = [
        migrations.AddField(
            model_name='series',
            name='rule',
            field=models.CharField(default='', max_length=160, verbose_name='rythme'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='series',
            name='except_on',
            field=models.JSONField(blank=True, default=list, verbose_name='sauf ces jours'),
        ),
        migrations.AddField(
            model_name='series',
            name='batch_id',
            field=models.UUIDField(blank=True, db_index=True, null=True),
        ),
        migrations.AddField(
            model_name='activity',
            name='batch_id',
            field=models.UUIDField(blank=True, db_index=True, null=True),
        ),
        migrations.AlterField(
            model_name='series',
            name='weekday',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='jour'),
        ),
        migrations.RunPython(write_rules, write_weekdays),
        migrations.RemoveField(
            model_name='series',
            name='weekday',
        ),
        migrations.RemoveField(
            model_name='series',
            name='every_weeks',
        ),
    ]
