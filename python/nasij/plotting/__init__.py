"""Pictures with Arabic labels: networks, heat maps, lines over time, and one pair from all sides.

Every picture is matplotlib axes to go on with: a title, a size, another label, ``savefig``. Given
``ax``, it is drawn there; otherwise on a new figure that is as large as the labels ask. Colours are
those of Okabe and Ito (2008), which every kind of colour vision tells apart, and scales made of
them that grow darker all the way.
"""

from nasij.plotting.labels import label
from nasij.plotting.plot import Plot

__all__ = ["Plot", "label"]
