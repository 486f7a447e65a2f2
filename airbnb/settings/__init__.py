"""Every setting, a module for each subject: the only place that reads the environment, which
`.env.example` lists."""

from airbnb.admin_theme import UNFOLD
from airbnb.settings.environment import *
from airbnb.settings.security import *
from airbnb.settings.application import *
from airbnb.settings.stores import *
from airbnb.settings.accounts import *
from airbnb.settings.people import *
from airbnb.settings.api import *
from airbnb.settings.description import *
from airbnb.settings.workers import *
from airbnb.settings.planner import *
from airbnb.settings.payments import *
from airbnb.settings.bookings import *
from airbnb.settings.messaging import *
from airbnb.settings.calendars import *
from airbnb.settings.mail import *
from airbnb.settings.passkeys import *
from airbnb.settings.files import *
from airbnb.settings.logs import *
