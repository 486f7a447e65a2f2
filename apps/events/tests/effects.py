"""What the handlers of these tests do: a row for each effect."""

from typing import Any

from apps.common.rows import Rows

effects: Rows[dict[str, Any]] = Rows("effects")
