"""The disguise generator: neutral words and mild swear words, hidden in every way people hide words.

Reading is measured on it. What tunes reading may see `tuning_samples` and no more.
"""

from veilleuse.evaluation.disguises.classes import BY_NAME, CLASSES, DisguiseClass
from veilleuse.evaluation.disguises.form import Half, Intensity
from veilleuse.evaluation.disguises.samples import EACH, SEED, STACKED, Sample, samples, stacked_samples, tuning_samples
from veilleuse.evaluation.disguises.vocabulary import all_terms, neutral_terms

__all__ = [
    "BY_NAME", "CLASSES", "EACH", "SEED", "STACKED", "DisguiseClass", "Half", "Intensity", "Sample", "all_terms",
    "neutral_terms", "samples", "stacked_samples", "tuning_samples",
]  # fmt: skip
