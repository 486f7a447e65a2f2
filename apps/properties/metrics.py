from prometheus_client import Counter

SEARCHES = Counter("searches_total", "Answered searches.", ["dated", "found"])
