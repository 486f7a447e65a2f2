from rest_framework.request import Request

from apps.accounts.services import Device, device_name
from apps.common.network import client_address


def device_of(request: Request) -> Device:
    """Where a log-in comes from."""
    return Device(device_name(request.headers.get("User-Agent", "")), client_address(request))
