"""What people fill in about tasks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hocvuso.attachments.rules import LARGEST
from hocvuso.people.models import Account
from hocvuso.places.models import Level, Organisation, Place, Unit
from hocvuso.places.queries import organisations_within, units_within
from hocvuso.tasks.actions import NewFile
from hocvuso.tasks.queries import task_rules
from hocvuso.tasks.rules import OF_BEARER, OF_DIRECTION, TaskState, may_follow
from hocvuso.web.shared.tags import place_key, task_state, titled
from hocvuso.web.shared.uploads import PlainFileField

NO_DAY = gettext_lazy("Hãy ghi ngày như 25/10/2025.")
CHOOSE = gettext_lazy("Hãy chọn một người.")
DAYS = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]
MOST_NOTE = 1000


def sent_file(sent: UploadedFile | None) -> NewFile | None:
    """A file as it was sent; not more of it is read than may be kept."""
    return NewFile(sent.name or "", sent.read(LARGEST + 1)) if sent else None


def day_field(*, required: bool) -> forms.DateField:
    return forms.DateField(
        input_formats=DAYS, required=required, error_messages={"invalid": NO_DAY, "required": NO_DAY}
    )


class SaidForm(forms.Form):
    """How far a task or a step is."""

    state = forms.ChoiceField(choices=[(state.value, state.value) for state in OF_BEARER], widget=forms.RadioSelect)
    document = forms.CharField(max_length=160, required=False)
    file = PlainFileField(required=False)
    note = forms.CharField(max_length=MOST_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(state.value, task_state(state.value)) for state in OF_BEARER]  # type: ignore[attr-defined]


class ProgressForm(SaidForm):
    result_type = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(one.key, titled(one)) for one in task_rules().documents]
        self.fields["result_type"].choices = [("", _("chưa chọn")), *kinds]  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    state = forms.ChoiceField(choices=[(state.value, state.value) for state in OF_DIRECTION], widget=forms.RadioSelect)
    note = forms.CharField(max_length=MOST_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, said: TaskState, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {"confirmed": _("Xác nhận đã hoàn thành"), "returned": _("Trả lại để bổ sung")}
        fitting = [state.value for state in OF_DIRECTION if may_follow(state, said)]
        self.fields["state"].choices = [(state, words[state]) for state in fitting]  # type: ignore[attr-defined]


class OwnerForm(forms.Form):
    """Who answers for a task; `reason` is asked for where somebody did before."""

    account = forms.TypedChoiceField(coerce=int, error_messages={"required": CHOOSE, "invalid_choice": CHOOSE})
    reason = forms.CharField(max_length=300, required=False)

    def __init__(self, *args: Any, accounts: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [("", ""), *((one.pk, one.full_name) for one in accounts)]  # type: ignore[attr-defined]


class HandOverForm(OwnerForm):
    giver = forms.TypedChoiceField(coerce=int, error_messages={"required": CHOOSE, "invalid_choice": CHOOSE})

    def __init__(self, *args: Any, givers: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["giver"].choices = [("", ""), *((one.pk, one.full_name) for one in givers)]  # type: ignore[attr-defined]


class OccasionForm(forms.Form):
    document = forms.CharField(max_length=160)
    day = day_field(required=True)
    due = day_field(required=False)


class StepForm(forms.Form):
    """One part of a task. Whoever answers is named "a12" (an account), "24373-01" (a unit inside) or "o:…" (an organisation inside)."""

    title = forms.CharField(max_length=200)
    due = day_field(required=False)
    answers = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, place: Place, accounts: list[Account], today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: dict[str, Account | Unit | Organisation] = {f"a{one.pk}": one for one in accounts}
        units, orgs = _inside(place, today)
        groups: list[tuple[str, Any]] = [("", _("người chịu trách nhiệm nhiệm vụ"))]
        groups.append((_("Người ở đây"), [(f"a{one.pk}", one.full_name) for one in accounts]))
        for title, places in ((_("Địa bàn bên trong"), units), (_("Cơ quan, đơn vị bên trong"), orgs)):
            if places:
                self.found |= {place_key(one): one for one in places}
                groups.append((title, [(place_key(one), one.name) for one in places]))
        self.fields["answers"].choices = groups  # type: ignore[attr-defined]

    @property
    def answerable(self) -> Account | Unit | Organisation | None:
        return self.found.get(self.cleaned_data["answers"])


def _inside(place: Place, today: Any) -> tuple[list[Unit], list[Organisation]]:
    """Where a step may be handed to: what lies directly in the place. An organisation hands it to its own people only."""
    if not isinstance(place, Unit):
        return [], []
    level = Level.VILLAGE if place.level == Level.COMMUNE else Level.COMMUNE
    units = list(units_within(place, level, on=today))
    orgs = list(organisations_within(place, on=today).filter(of=place).order_by("name"))
    return units, orgs
