"""The report as one HTML page that needs nothing but itself."""

from collections.abc import Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from veilleuse import __version__
from veilleuse.families import guide, wording
from veilleuse.families.conversation import tell_conversations
from veilleuse.families.legible import ISOLATE, RELEASE, clip, isolated, line, visible
from veilleuse.families.report import Report
from veilleuse.families.story import (
    Story,
    answer,
    counted,
    gravest_item,
    heading,
    place_of,
    tell_story,
    when,
)
from veilleuse.families.timeline import draw
from veilleuse.language import Language

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

CONVERSATIONS = 40  # told as stories
FILES = 30  # file names in the footer
SENTENCES = 60  # damages, and notes
STEPS = ("fault", "stop", "refuse", "keep", "never", "report", "call")
BLIND = ("media", "deleted", "elsewhere", "words", "age")


def render(report: Report, language: Language) -> str:
    """The whole HTML document. It holds no script and asks nothing of any network."""
    story = tell_story(report, language)
    conversations = tell_conversations(report, language)
    tell = partial(_tell, language=language)
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            lang=language.value,
            tell=tell,
            count=lambda key, number: wording.count(key, number, language),
            story=story,
            conversations=conversations[:CONVERSATIONS],
            more_conversations=max(len(conversations) - CONVERSATIONS, 0),
            report=report,
            answer=answer(story, report, language),
            counts=counted(story, language),
            gravest=_gravest(story, language),
            timeline=draw(story.moments, report, language),
            steps=STEPS,
            blind=BLIND,
            sureness=list(wording.Sureness),
            damages=_sentences(report.damages),
            notes=_sentences(report.notes),
            files=[line(source) for source in report.sources[:FILES]],
            unlisted=max(len(report.sources) - FILES, 0),
            period=_period(report, language),
            generated=wording.local(report.generated, report.zone),
            home=guide.home(),
            elsewhere=guide.elsewhere(language),
            version=__version__,
            heading=partial(heading, language=language),
            when=partial(when, language=language),
            moment=partial(wording.moment, language=language),
            day=partial(wording.day, language=language),
            hidden_how=partial(wording.hidden_how, language=language),
            idea=partial(wording.idea, language=language),
            language=language,
        )
    )


def dress(words: object) -> "Markup":
    """Words as HTML: escaped, and what `isolated` set apart put in a `<bdi>` of its own."""
    from markupsafe import Markup, escape

    if isinstance(words, Markup):
        return words
    escaped = str(escape(words)).replace(ISOLATE, "<bdi>").replace(RELEASE, "</bdi>")
    return Markup(escaped)  # noqa: S704 - escaped on the line above


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("veilleuse.families"),
        autoescape=True,
        finalize=dress,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "apart": isolated,
        "dialled": guide.dialled,
        "in_language": lambda words, language: words[language],
        "capital": lambda words: words[:1].upper() + words[1:],
        "site": lambda address: address.removeprefix("https://").removeprefix("www."),
    }
    return environment


def _tell(key: str, language: Language, **values: object) -> str:
    return wording.tell(key, language, **values)


def _gravest(story: Story, language: Language) -> str:
    if not story.groups:
        return ""
    group, item = gravest_item(story)
    return wording.tell(
        "answer.gravest",
        language,
        short=item.gravest.short,
        place=place_of(group, language),
        when=when(item, language),
        sure=wording.tell(f"sure.{item.gravest.sure}", language),
    )


def _sentences(sentences: Sequence[str]) -> list[str]:
    shown = [clip(visible(sentence), 400) for sentence in sentences[:SENTENCES]]
    return [*shown, f"… (+{len(sentences) - SENTENCES})"] if len(sentences) > SENTENCES else shown


def _period(report: Report, language: Language) -> str:
    if report.first is None or report.last is None:
        return ""
    first, last = wording.local(report.first, report.zone), wording.local(report.last, report.zone)
    return wording.period(first, last, language)
