"""What the AI role talks to."""

from airbnb.settings.environment import env

# Without a key the embedded planner answers. The time-out stays below gunicorn's 30 s.
OPENAI_API_KEY = env.str("OPENAI_API_KEY", default="")
OPENAI_BASE_URL = env.str("OPENAI_BASE_URL", default="") or "https://api.openai.com/v1"
OPENAI_MODEL = env.str("OPENAI_MODEL", default="gpt-4.1-mini")
OPENAI_TIMEOUT_SECONDS = min(env.float("OPENAI_TIMEOUT_SECONDS", default=20.0), 25.0)
OPEN_METEO_URL = env.str("OPEN_METEO_URL", default="https://api.open-meteo.com")
