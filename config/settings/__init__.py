"""All settings, one concern a file; what differs between houses comes from the environment."""

from config.settings.apps import *  # noqa: F403
from config.settings.database import *  # noqa: F403
from config.settings.film import *  # noqa: F403
from config.settings.jobs import *  # noqa: F403
from config.settings.logs import *  # noqa: F403
from config.settings.mail import *  # noqa: F403
from config.settings.security import *  # noqa: F403
from config.settings.signin import *  # noqa: F403
from config.settings.static import *  # noqa: F403
from config.settings.templates import *  # noqa: F403
from config.settings.together import *  # noqa: F403
from config.settings.wagtail import *  # noqa: F403
