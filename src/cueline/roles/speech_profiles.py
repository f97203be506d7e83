"""The file of speech profiles, where one is set."""

from cueline.kernel.errors import ConfigurationError
from cueline.roles.settings import Settings
from cueline.speech.profiles import MAX_FILE_BYTES, SpeechProfiles, parse_profiles


def read_speech_profiles(settings: Settings) -> SpeechProfiles:
    """Languages and vocabulary by profile; the setting ``language`` for all where no file is set.

    Raises ConfigurationError for a file that cannot be read or is not as described.
    """
    if settings.speech_profiles is None:
        return SpeechProfiles(settings.language)
    try:
        with settings.speech_profiles.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except OSError:
        raise ConfigurationError("CUELINE_SPEECH_PROFILES: the file cannot be read") from None
    return parse_profiles(raw, settings.language)
