"""A worry or an obstacle, said before it keeps them away (row 2.6)."""

from django.http import HttpRequest, HttpResponse

from portal.access import Visit
from portal.doors import client_page, show
from portal.forms import MOST_WORDS, WordsForm
from portal.receipts import done
from reminders.links import LinkFor
from reminders.services import say_from_page


@client_page(methods=("GET", "POST"))
def worry(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Their own words, to the people who look after them; whoever is in danger reads whom to call."""
    problem, words = "", request.POST.get("words", "")
    if request.method == "POST":
        form = WordsForm(request.POST)
        if form.is_valid() and form.cleaned_data["words"].strip():
            say_from_page(participant=visit.participant, words=form.cleaned_data["words"], now=visit.now)
            return done(visit, LinkFor.SAID)
        problem = "too_long" if form.errors else "say_missing"
    practice = visit.practice
    context: dict[str, object] = {
        "words": words,
        "problem": problem,
        "most": MOST_WORDS,
        "emergency": practice.emergency_number,
        "crisis": practice.crisis_line,
    }
    return show(request, visit, "worry.html", context, status=422 if problem else 200)
