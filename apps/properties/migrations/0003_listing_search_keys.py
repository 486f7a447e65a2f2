from django.db import migrations
from pymongo import UpdateOne

from apps.common import mongo
from apps.properties.models import search_keys

BATCH = 500


def fill(*_):
    """Writes the names that search looks up to the listings stored before there were any."""
    listings = mongo.collection("listings")
    updates = []
    for row in listings.find({}, {"location": 1, "amenities": 1}):
        updates.append(UpdateOne({"_id": row["_id"]}, {"$set": search_keys(row)}))
        if len(updates) == BATCH:
            listings.bulk_write(updates, ordered=False)
            updates = []
    if updates:
        listings.bulk_write(updates, ordered=False)


class Migration(migrations.Migration):
    dependencies = [("properties", "0002_listing_search_and_states")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
