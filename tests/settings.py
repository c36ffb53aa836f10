"""The product's settings on a store of the tests' own: nothing of `./var` is read or written.

The environment is set before the product's settings are loaded, because they read it once.
"""

import atexit
import os
import shutil
import tempfile

os.environ["WIJKVEILIG_VAR"] = tempfile.mkdtemp(prefix="wijkveilig-tests-")
atexit.register(shutil.rmtree, os.environ["WIJKVEILIG_VAR"], ignore_errors=True)
os.environ.setdefault("WIJKVEILIG_SECRET_KEY", "only-for-tests")
os.environ.pop("WIJKVEILIG_DEBUG", None)
os.environ.pop("WIJKVEILIG_HOSTS", None)

from scripts.messages import compile_messages  # noqa: E402 - after the environment

from wijkveilig.config.settings import *  # noqa: E402, F403 - settings are meant to be taken whole

compile_messages()  # the catalogue as it stands, whoever changed it last

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; the real ones have a test of their own
