"""Settings, and the only reader of the environment.

Every setting has a default that works on a developer's machine with nothing installed; ``cueline doctor`` prints
which are set. Names are ``CUELINE_...``; ``DATABASE_URL`` is understood too, as it is the common name.
"""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from cueline.events.recording import Codec
from cueline.kernel.errors import ConfigurationError

RoleName = Literal["call", "guide", "gateway", "keeper"]
ROLES: tuple[RoleName, ...] = ("call", "guide", "gateway", "keeper")

DEFAULT_PORT = 8462


class Settings(BaseSettings):
    """What can be set. Errors name the setting and never its value."""

    model_config = SettingsConfigDict(env_prefix="CUELINE_", extra="ignore", frozen=True, hide_input_in_errors=True)

    data_dir: Path | None = Field(None, description="Folder of the embedded PostgreSQL and of local data")
    database_url: SecretStr | None = Field(None, description="PostgreSQL to use instead of the embedded one")
    host: str = Field("127.0.0.1", description="Address that the web side listens on")
    port: int = Field(DEFAULT_PORT, ge=0, le=65_535, description="Port of the web side; 0 takes a free one")
    token: SecretStr | None = Field(None, description="Access token; made anew at every start when not set")
    recogniser: str = Field("pocketsphinx", description="Which recognisers listen, best first, comma-separated")
    language: str = Field("en-US", description="Language of the calls, BCP 47")
    speech_profiles: Path | None = Field(None, description="JSON file with languages and vocabulary, by profile")
    sherpa_model: str = Field(
        "zipformer-en-2023-06-26", description="Pulled model, or a folder, of recogniser `sherpa`"
    )
    sherpa_workers: int = Field(1, ge=1, le=64, description="Processes that run it; each holds the model")
    script_dir: Path | None = Field(None, description="Folder of CONTACT-ID.json words files for recogniser `script`")
    deepgram_api_key: SecretStr | None = Field(None, description="API key of the Deepgram project")
    deepgram_url: str | None = Field(None, description="Address of Deepgram or its emulator; the service when not set")
    deepgram_model: str = Field("nova-3", description="Streaming model of Deepgram")
    transcribe_url: str | None = Field(None, description="Address of a Transcribe emulator; Amazon's when not set")
    transcribe_vocabularies: str | None = Field(None, description="Custom vocabularies of the AWS account, by comma")
    name_detector: Literal["none", "presidio"] = Field("none", description="Model that finds names beside the rules")
    name_model: str = Field("blank", description="Its model: `blank`, a spaCy package or folder, or `gliner:FOLDER`")
    name_budget_ms: int = Field(150, ge=10, le=5_000, description="How long a final waits for it; then it is masked")
    name_optional: bool = Field(default=False, description="Where it fails, the rules alone decide")
    name_workers: int = Field(1, ge=1, le=32, description="Processes that run it; each holds the model")
    kinesis_endpoint_url: str | None = Field(None, description="Kinesis Video endpoint; Amazon's when not set")
    aws_region: str = Field("us-east-1", description="Region of Kinesis Video, Amazon Connect and Transcribe")
    notes_shapes: Path | None = Field(None, description="JSON file with the fields of notes, by profile")
    webhook_url: SecretStr | None = Field(None, description="Address that is told of notes and of quarantined calls")
    webhook_secret: SecretStr | None = Field(None, description="Secret that its messages are signed with")
    connect_instance_id: str | None = Field(None, description="Amazon Connect instance whose contacts get attributes")
    connect_endpoint_url: str | None = Field(None, description="Amazon Connect endpoint; Amazon's when not set")
    recording: Literal["on", "off"] = Field("on", description="Whether calls are recorded, beeped and encrypted")
    recording_codec: Codec = Field("flac", description="`flac` keeps every sample, `opus` is smaller")
    objects: str | None = Field(None, description="Where recordings lie: a folder, or s3://BUCKET/PREFIX")
    objects_kms_key: str | None = Field(
        None, description="KMS key that S3 encrypts them under; the bucket's if not set"
    )
    s3_endpoint_url: str | None = Field(
        None, description="Address of S3 or what speaks its protocol; Amazon's if not set"
    )
    keys: str | None = Field(None, description="Keys of recordings: a key file, or kms:ID-ARN-OR-ALIAS")
    kms_endpoint_url: str | None = Field(None, description="Address of AWS KMS; Amazon's when not set")
    record_attribute: str = Field("cueline_record", description="Contact attribute: a call is recorded if it says yes")
    consent_attribute: str = Field("cueline_consent", description="Contact attribute: it is from consent on")
    retention_hour: int = Field(2, ge=0, le=23, description="O'clock in UTC at which data over their days are deleted")
    calls_max: int = Field(50, ge=1, le=10_000, description="Calls that this process takes on at once")
    # At least two heartbeats, and two looks in half of it: else leases of the living look dead, or none ever does.
    lease_timeout_s: float = Field(8.0, ge=2, le=600, description="A silent worker's calls are taken over after this")
    no_audio_timeout_s: float = Field(60.0, gt=0.5, le=86_400, description="A call without audio for this long is over")
    commit_patience_s: float = Field(600.0, gt=1, le=86_400, description="How long a commit waits for PostgreSQL")
    database_connections: int = Field(10, ge=2, le=200, description="PostgreSQL connections of this process at most")
    workflows: Literal["dbos", "temporal"] = Field("dbos", description="What runs durable workflows")
    workflow_connections: int = Field(3, ge=2, le=50, description="How many of them DBOS may hold, in `keeper`")
    temporal_address: str = Field("127.0.0.1:7233", description="Address of Temporal, HOST:PORT")
    temporal_namespace: str = Field("default", description="Its namespace")
    temporal_task_queue: str = Field("cueline", description="Task queue that `keeper` works on")
    temporal_tls: bool = Field(default=False, description="Whether to speak TLS with it")
    temporal_api_key: SecretStr | None = Field(None, description="API key of Temporal Cloud; needs TLS")
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["console", "json"] = "console"


def read_settings(**overrides: object) -> Settings:
    """Settings from the environment; an override that is None leaves it. Raises ConfigurationError."""
    given = {name: value for name, value in overrides.items() if value is not None}
    if "database_url" not in given and "CUELINE_DATABASE_URL" not in os.environ and os.environ.get("DATABASE_URL"):
        given["database_url"] = os.environ["DATABASE_URL"]
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        faults = "; ".join(
            f"CUELINE_{'.'.join(str(part) for part in fault['loc']).upper()}: {fault['msg']}"
            for fault in error.errors(include_input=False, include_context=False, include_url=False)
        )
        raise ConfigurationError(f"configuration: {faults}") from None


def user_home() -> Path:
    """The user's home folder, as far as it is known."""
    return Path(os.environ.get("HOME") or "/tmp")  # noqa: S108 - no home: nothing worth keeping is kept there


def parse_roles(text: str) -> tuple[RoleName, ...]:
    """``call,gateway`` as roles, in the order of ROLES. Raises ConfigurationError."""
    wanted = {part.strip() for part in text.split(",") if part.strip()}
    unknown = sorted(wanted - set(ROLES))
    if unknown or not wanted:
        raise ConfigurationError(f"roles are {', '.join(ROLES)}; not: {', '.join(unknown) or 'nothing'}")
    return tuple(role for role in ROLES if role in wanted)
