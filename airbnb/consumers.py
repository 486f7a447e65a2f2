"""What a consumer group does where it is the work of several apps: no two have the same topic."""

from apps.events.consumer import Handlers
from apps.messaging.handlers import HANDLERS as MESSAGING
from apps.notifications.handlers import HANDLERS as FEEDS

NOTIFICATIONS: Handlers = {**FEEDS, **MESSAGING}
