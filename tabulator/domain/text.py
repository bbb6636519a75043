"""A text in the three languages, Kyrgyz first."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("ky", "ru", "en")

_FALLBACK = {"ky": ("ky", "ru", "en"), "ru": ("ru", "ky", "en"), "en": ("en", "ru", "ky")}


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Kyrgyz, Russian and English; an empty one falls back (ky to ru, ru to ky)."""

    ky: str = ""
    ru: str = ""
    en: str = ""

    def say(self, lang: str) -> str:
        """The text in `lang`, or in the nearest language that has one; "" where none has."""
        return next((t for t in (getattr(self, code) for code in _FALLBACK[lang]) if t), "")

    def filled(self, **values: object) -> Text:
        """The same text with its ``{names}`` replaced by values."""
        return Text(*(t.format(**values) for t in (self.ky, self.ru, self.en)))

    def as_dict(self) -> dict[str, str]:
        """All three languages, fallbacks applied: what the API and JSON outputs carry."""
        return {code: self.say(code) for code in LANGUAGES}
