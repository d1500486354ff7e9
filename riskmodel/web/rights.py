"""Views, declared on `routes`."""

from riskmodel.web.routing import Routes

routes = Routes()
