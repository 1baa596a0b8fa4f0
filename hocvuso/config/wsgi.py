from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from hocvuso.config.supervised import end_with_supervisor

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hocvuso.config.settings")
end_with_supervisor()
application = get_wsgi_application()

from hocvuso.config.ready import demand_ready  # noqa: E402  needs the models that the line above has loaded
from hocvuso.measure.jobs import follow_figures  # noqa: E402

demand_ready()
follow_figures()
