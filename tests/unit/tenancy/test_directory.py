"""The one tenant behind the tenant interface."""

import pytest

from cueline.kernel.ids import TenantId
from cueline.tenancy.directory import DEFAULT_TENANT, SingleTenantDirectory, Tenant, TenantDirectory, UnknownTenantError


def test_one_tenant_serves_every_host_name_and_no_other_id():
    tenant = Tenant(DEFAULT_TENANT, database_url="postgresql://cueline:secret@db/cueline")
    directory: TenantDirectory = SingleTenantDirectory(tenant)
    assert directory.by_host("calls.example.com:8443") is tenant
    assert directory.by_id(DEFAULT_TENANT) is tenant
    assert directory.all() == (tenant,)
    with pytest.raises(UnknownTenantError):
        directory.by_id(TenantId("another"))


def test_a_tenants_password_is_never_shown():
    assert "secret" not in repr(Tenant(DEFAULT_TENANT, database_url="postgresql://cueline:secret@db/cueline"))
