"""Kafka, its consumers, and Celery's timers."""

from airbnb.settings.environment import env
from airbnb.settings.stores import DATABASES, REDIS_URL

KAFKA_BOOTSTRAP_SERVERS = env.list("KAFKA_BOOTSTRAP_SERVERS", default=["127.0.0.1:9192"])
# Lets several installations share one Kafka cluster; empty gives the names of the table.
KAFKA_PREFIX = env.str("KAFKA_PREFIX", default="")
# A name that this consumer has for itself and keeps over a crash: it finds its partitions again.
KAFKA_INSTANCE_ID = env.str("KAFKA_INSTANCE_ID", default="")
CONSUMER_GROUPS = {
    "owners": "apps.owners.handlers.HANDLERS",
    "travelers": "apps.travelers.handlers.HANDLERS",
    "notifications": "airbnb.consumers.NOTIFICATIONS",
}
HEARTBEAT_FILE = env.str("HEARTBEAT_FILE", default="")
# Where a worker serves its metrics, for example 0.0.0.0:9100; a web role has /metrics.
METRICS_BIND = env.str("METRICS_BIND", default="")
RELAY_LEASE_SECONDS = 10
CONSUMER_MAX_ATTEMPTS = 5

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_DEFAULT_QUEUE = DATABASES["default"]["NAME"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "airbnb.celery.HeartbeatScheduler"
CELERY_BEAT_SCHEDULE_FILENAME = env.str("BEAT_SCHEDULE_FILE", default="celerybeat-schedule")
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_BEAT_SCHEDULE = {
    "expire-requests": {"task": "bookings.expire_requests", "schedule": 60.0},
    "expire-holds": {"task": "bookings.expire_holds", "schedule": 60.0},
    "lapse-alterations": {"task": "bookings.lapse_alterations", "schedule": 60.0},
    "remind-guests": {"task": "bookings.remind_guests", "schedule": 600.0},
    "complete-stays": {"task": "bookings.complete_stays", "schedule": 3600.0},
    # One that waited for long would only do what the next does.
    "settle-payments": {
        "task": "bookings.settle_payments",
        "schedule": 10.0,
        "options": {"expires": 10.0},
    },
    "sweep-payments": {"task": "bookings.sweep_payments", "schedule": 60.0},
    "follow-suspensions": {
        "task": "bookings.follow_suspensions",
        "schedule": 10.0,
        "options": {"expires": 10.0},
    },
    "export-data": {
        "task": "accounts.export_data",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "erase-accounts": {"task": "accounts.erase_accounts", "schedule": 600.0},
    "chain-security-events": {
        "task": "audit.chain_events",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    # One that waited for long would only do what the next does.
    "fetch-calendars": {
        "task": "calendars.fetch_feeds",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
    "watch-calendars": {"task": "calendars.watch_feeds", "schedule": 60.0},
    "renew-words": {"task": "properties.renew_words", "schedule": 3600.0},
    "renew-places": {"task": "properties.renew_places", "schedule": 3600.0},
    "rank-entries": {"task": "properties.rank_entries", "schedule": 600.0},
    "send-emails": {
        "task": "notifications.send_emails",
        "schedule": 10.0,
        "options": {"expires": 10.0},
    },
}
