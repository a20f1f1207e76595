"""The settings of thanks: who signs certificates, and what workers are told about benefits."""

from typing import Any

from pydantic import Field
from pydantic_settings import BaseSettings


class ThanksSettings(BaseSettings):
    """What can be set about certificates and rewards; nothing here has to be."""

    certificate_signer: str = Field(
        "", max_length=120, description="Who signs certificates, with their office; empty: only the council's name."
    )
    benefits_notice: str = Field(
        "",
        max_length=300,
        description="What workers read about benefits before they claim, in your own words; empty: our own words.",
    )

    def of_thanks(self) -> dict[str, Any]:
        """The council's choices about thanks, by their names in `Council`."""
        return {"certificate_signer": self.certificate_signer.strip(), "benefits_notice": self.benefits_notice.strip()}
