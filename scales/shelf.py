"""The scales of this version as one value."""

import msgspec

from scales.errors import N_, UnknownScale
from scales.model import ConsistencyRule, Definition


class Catalogue(msgspec.Struct, frozen=True):
    """Every scale in list order, and the questions between scales."""

    definitions: tuple[Definition, ...]
    across: tuple[ConsistencyRule, ...]

    @property
    def scoring(self) -> tuple[Definition, ...]:
        """The scales with items, in list order."""
        return tuple(found for found in self.definitions if not found.typed_only)

    def find(self, scale: str) -> Definition:
        """Return the scale with this id.

        Raises:
            UnknownScale: There is none in this version; those there are, are named.

        """
        for definition in self.definitions:
            if definition.id == scale:
                return definition
        raise UnknownScale(
            N_("There is no scale “{scale}” in this version. There are: {scales}."),
            scale=scale,
            scales=", ".join(definition.id for definition in self.definitions),
        )
