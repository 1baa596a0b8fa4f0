"""Is this installation fit to start? Asked by every command and by the web process before they touch data."""

from __future__ import annotations

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor

from hocvuso.connect.notify.sms import sms_form
from hocvuso.credentials.queries import signed_with_a_lost_key
from hocvuso.lib.append_only import demand_triggers
from hocvuso.lib.errors import BadInput, NotReady
from hocvuso.measure.queries.openresults import open_metrics
from hocvuso.people.models import Account
from hocvuso.people.queries import written_under_another_key
from hocvuso.reports.queries import reporting_policy, working_days


def pending_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def demand_ready() -> None:
    """Raises `NotReady` with what to do about it."""
    if pending_migrations():
        raise NotReady("Cơ sở dữ liệu chưa được tạo hoặc còn ở bản cũ. Chạy `hocvuso migrate`.")
    demand_triggers(DEFAULT_DB_ALIAS)
    if written_under_another_key():
        raise NotReady(
            "Không khởi động: dữ liệu này được ghi dưới một khóa định danh khác. "
            "Đặt lại HOCVUSO_IDENTITY_KEY (hoặc thư mục HOCVUSO_HOME/keys) như trước."
        )
    if signed_with_a_lost_key():
        raise NotReady(
            "Không khởi động: giấy xác nhận trong dữ liệu này được ký bằng một khóa khác. Đặt lại HOCVUSO_CERTIFICATE_KEY "
            "(hoặc thư mục HOCVUSO_HOME/keys) như trước; nếu cố ý đổi khóa, chạy `hocvuso credentials accept-key`."
        )
    try:
        open_metrics()
        working_days()
        reporting_policy()
        if settings.SMS_URL:
            sms_form(settings.SMS_FORM)
    except BadInput as error:
        raise NotReady(str(error)) from None
    if settings.PRODUCTION and Account.objects.filter(is_demo=True).exists():
        raise NotReady("Không khởi động: cơ sở dữ liệu có tài khoản mẫu, không dùng cho máy chủ chính thức.")
