"""How long the properties are looked for: HYPOTHESIS_PROFILE=long for a night's work, a couple of dozen examples otherwise."""

import os

from hypothesis import HealthCheck, settings

CALM = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)

settings.register_profile("short", CALM, max_examples=15, derandomize=True)
settings.register_profile("long", CALM, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))
