"""The setting of the vault: the keys that voucher codes are sealed with."""

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings

from storage.rewards.vault import Vault


class VaultSettings(BaseSettings):
    """What can be set about the vault. Without a key no voucher can be loaded or shown; all else goes on."""

    voucher_keys: SecretStr = Field(
        SecretStr(""),
        description="The keys that seal voucher codes, the newest first, with commas between; never in a backup.",
    )

    @field_validator("voucher_keys")
    @classmethod
    def _key_shape(cls, given: SecretStr) -> SecretStr:
        try:
            Vault(_listed(given))
        except ValueError:
            raise ValueError("takes keys as `python -m bot vouchers new-key` prints them, commas between") from None
        return given

    def vault(self) -> Vault:
        """The vault with these keys."""
        return Vault(_listed(self.voucher_keys))


def _listed(keys: SecretStr) -> list[str]:
    return [part.strip() for part in keys.get_secret_value().split(",") if part.strip()]
