"""Settings, from the environment."""

from functools import cache

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="SHOP_", env_file=".env")

    database_url: str = "postgresql+psycopg://shop:shop@localhost:5432/shop"
    pool_size: int = 10
    payment_url: str = "https://payments.example/v1"
    payment_key: str = ""
    payment_seconds: float = 5.0
    token_minutes: int = 30


@cache
def settings() -> Settings:
    return Settings()
