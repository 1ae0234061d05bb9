"""Every refusal of the API is {"error": "a sentence a person can act on"}."""

from math import ceil

from rest_framework.exceptions import APIException, MethodNotAllowed, Throttled
from rest_framework.views import exception_handler


class BadParameter(APIException):
    status_code = 400


class NotThere(APIException):
    status_code = 404


def told(exception, context):
    """DRF's answer to an exception, in our words."""
    response = exception_handler(exception, context)
    if response is not None:
        response.data = {"error": _sentence(exception, response)}
    return response


def _sentence(exception, response):
    if isinstance(exception, Throttled):
        seconds = ceil(exception.wait or 60)
        return f"That is more than we can answer at once. Ask again in {seconds} seconds, as Retry-After says."
    if isinstance(exception, MethodNotAllowed):
        return "This API is for reading: use GET."
    return str(response.data["detail"])
