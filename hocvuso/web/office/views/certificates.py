from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hocvuso.credentials.actions import revoke_certificate
from hocvuso.credentials.models import RevocationReason
from hocvuso.credentials.queries import certificates_of, is_revoked
from hocvuso.lib import clock
from hocvuso.people.queries import residents_seen
from hocvuso.people.rules import Right
from hocvuso.web.shared.rights import account_of, official
from hocvuso.web.shared.tags import revocation_reason


class RevocationForm(forms.Form):
    reason = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["reason"].choices = [(one, revocation_reason(one)) for one in RevocationReason.values]  # type: ignore[attr-defined]
        self.fields["reason"].error_messages["required"] = _("Hãy chọn lý do thu hồi.")


@official(Right.PEOPLE)
def certificate_revocation(request: HttpRequest, person: uuid.UUID, certificate: str) -> HttpResponse:
    """Take back a certificate of somebody who lives here. What somebody learned as a citizen is not for their office or school to judge."""
    account, today = account_of(request), clock.today()
    holder = get_object_or_404(residents_seen(account, on=today), pk=person)
    found = get_object_or_404(certificates_of(holder), pk=certificate)
    form = RevocationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        revoke_certificate(found, reason=form.cleaned_data["reason"], by=account.actor, today=today)
        messages.success(request, _("Đã thu hồi giấy xác nhận."))
        return redirect("person", holder.pk)
    context = {"person": holder, "certificate": found, "revoked": is_revoked(found), "form": form}
    return render(request, "office/certificate_revocation.html", context, status=400 if form.errors else 200)
