"""Which tenant a request belongs to, and where that tenant's data is.

A tenant is found by the host name of a request and has a database of its own. One tenant is served so far; whoever
asks goes through ``TenantDirectory`` all the same, so that no code can come to a database without naming a tenant.
"""

from typing import Protocol

from cueline.kernel.errors import InputError
from cueline.kernel.ids import TenantId, tenant_id

DEFAULT_TENANT = tenant_id("default")


class UnknownTenantError(InputError):
    """No tenant is served under this host name or id."""

    code = "unknown_tenant"


class Tenant:
    """A tenant and the address of its database, which may hold a password and is never shown."""

    __slots__ = ("database_url", "tenant_id")

    def __init__(self, tenant: TenantId, *, database_url: str) -> None:
        self.tenant_id = tenant
        self.database_url = database_url

    def __repr__(self) -> str:
        return f"Tenant({self.tenant_id!r})"


class TenantDirectory(Protocol):
    """Every tenant that this installation serves."""

    def by_host(self, host: str) -> Tenant:
        """The tenant of a request's host name (a port is ignored). Raises UnknownTenantError."""

    def by_id(self, tenant: TenantId) -> Tenant:
        """Raises UnknownTenantError."""

    def all(self) -> tuple[Tenant, ...]: ...


class SingleTenantDirectory:
    """One tenant under every host name: an installation of one's own."""

    __slots__ = ("_tenant",)

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant

    def by_host(self, host: str) -> Tenant:  # noqa: ARG002 - every name is this tenant's
        return self._tenant

    def by_id(self, tenant: TenantId) -> Tenant:
        if tenant != self._tenant.tenant_id:
            raise UnknownTenantError("no such tenant is served here")
        return self._tenant

    def all(self) -> tuple[Tenant, ...]:
        return (self._tenant,)
