from apps.common import mongo


def execution(find):
    """`executionStats` of a find command."""
    plan = mongo.database().command("explain", find, verbosity="executionStats")
    return plan["executionStats"]
