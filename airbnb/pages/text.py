"""Help, terms, privacy and imprint."""

import re
from html import unescape

from django.http import HttpRequest

from airbnb.pages import api
from airbnb.pages.head import SITE, Page, shortened

TAG = re.compile(r"<[^>]+>")


def page(request: HttpRequest, kind: str) -> Page:
    wanted = f"/api/texts/{kind}"
    answer = api.ask(request, wanted)
    if not answer.is_found:
        retry_after, status = answer.retry_after, answer.status
        return Page(title=SITE, description="", status=status, retry_after=retry_after)
    found = api.data(answer)
    plain = unescape(TAG.sub(" ", str(found["html"])))
    return Page(
        title=f"{found['title']} · {SITE}",
        description=shortened(plain),
        path=f"/{kind}",
        data={wanted: answer.payload},
        lines=(plain,),
    )
