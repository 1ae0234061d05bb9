"""What a file or the API answers to a parameter it does not know. A file with too much in it would be wrong unseen."""

from django.http import HttpResponse, JsonResponse


def sentences(problems):
    """The list's own sentences without the last of each, which says what the list shows instead."""
    return [f"{told}." if (told := problem.rpartition(". ")[0]) else problem for problem in problems]


def refused(problems, form):
    """400 with a sentence for each problem, in the form asked for where that has words."""
    said = " ".join([*sentences(problems), "No file was made. /data/ says which values there are."])
    if form == "json":
        return JsonResponse({"error": said}, status=400, json_dumps_params={"ensure_ascii": False})
    return HttpResponse(f"{said}\n", status=400, content_type="text/plain; charset=utf-8")
