"""The words that charts add by themselves, in the language of the reader."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wijkveilig.ui.charts.spec import Words


def chart_words() -> Words:
    """Translated words for every specification of `ui.charts`."""
    return Words(
        language=(get_language() or "nl")[:2],
        higher=_("zeker hoger"),
        lower=_("zeker lager"),
        expected=_("te verwachten: {value}"),
        margin=_("marge (95 %): {low} tot {high}"),
        block=_("elk blokje is er één"),
        incomplete=_("nog onvolledig"),
        too_few=_("te weinig om te zeggen"),
        withheld=_("door de bron achtergehouden"),
        missing=_("geen gegevens"),
        empty=_("Er zijn geen cijfers om te tekenen."),
        half=_("de helft"),
        same=_("gelijk"),
        double=_("het dubbele"),
    )
