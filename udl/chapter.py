"""The chapter's sections, their notebooks and the languages: known without drawing anything."""

LANGUAGES = ("ko", "en")

NOTEBOOKS = {
    "3.7.1": "3.7.1-local-and-global-minima.ipynb",
    "3.7.2": "3.7.2-sgd.ipynb",
    "3.7.3": "3.7.3-momentum.ipynb",
    "3.7.4": "3.7.4-nag.ipynb",
    "3.7.5": "3.7.5-adagrad.ipynb",
    "3.7.6": "3.7.6-rmsprop.ipynb",
    "3.7.7": "3.7.7-adam.ipynb",
}
