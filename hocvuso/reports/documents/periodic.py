"""A report as a document: what was measured and what people wrote, in the order of its template and the form of its issuer."""

from __future__ import annotations

from collections.abc import Iterable

from hocvuso.lib.text import upper_first
from hocvuso.reports.documents.annexes import annexes_of, fitted
from hocvuso.reports.documents.blocks import blocks_of
from hocvuso.reports.documents.fields import fill
from hocvuso.reports.documents.form import Form
from hocvuso.reports.documents.library import Library, shipped
from hocvuso.reports.documents.model import Block, Heading, LegalDocument, Paragraph, Signature, Table
from hocvuso.reports.documents.template import Section, Template, Words
from hocvuso.reports.documents.words import next_period_name, period_name, plan_reference, quoted, vn_day, what_is_asked
from hocvuso.reports.rules import ReportContent

TO_BE_ADDED = "Đơn vị bổ sung nội dung này trước khi ký."


def periodic_report(content: ReportContent, *, library: Library | None = None) -> LegalDocument:
    """The document by its duty's template, in its issuer's form. Without a library: those that come with the program."""
    library = library or shipped()
    form = library.form_named(content.issuer.form)
    template = library.template_for(plan=content.plan, duty=content.duty, frequency=content.frequency)
    values = _values(content)
    issuer, signing = content.issuer, content.signing
    recipients = [fill(one, values) for one in template.recipients]
    opening = [Paragraph(fill(text, values)) for text in template.opening]
    replaces = [Paragraph(f"Báo cáo này thay thế {content.replaces}.")] if content.replaces else []
    body: list[Block] = [*opening, *replaces, *_sections(content, form, template, values)]
    if template.closing:
        body.append(Paragraph(upper_first(fill(template.closing, values))))
    authority = tuple(fill(line, values) for line in template.authority)
    subject = fill(template.subject, values)
    return LegalDocument(
        form=form,
        parent_agency=issuer.parent_agency,
        agency=issuer.agency,
        agency_name=issuer.agency_name,
        symbol=issuer.symbol,
        place=issuer.place,
        number=(signing.number or None) if signing else None,
        date=(signing.date if signing else None) or content.due,
        kind=template.kind,
        subject=subject[:1].lower() + subject[1:] if form.subject_in_small_letters else subject,
        addressee=fill(template.addressee, values),
        grounds=tuple(fill(ground, values) for ground in template.grounds),
        body=tuple(body),
        recipients=(*issuer.recipients[:-1], *recipients, *issuer.recipients[-1:]),
        signature=Signature(signing.authority, signing.name) if signing else Signature(authority or issuer.authority),
        simulated=content.simulated,
        annexes=annexes_of(content, template, form),
    )


def _values(content: ReportContent) -> dict[str, str]:
    span, issuer = content.span, content.issuer
    return {
        "plan": quoted(content.plan_title),
        "plan_reference": plan_reference(
            quoted(content.plan_title), content.plan_issuer, number=content.plan_number, date=content.plan_date
        ),
        "plan_issuer": content.plan_issuer,
        "agency": issuer.agency_name,
        "place": issuer.place,
        "duty": content.duty_title,
        "clause": content.clause,
        "to": ", ".join(issuer.to) or "cấp trên",
        "ask": what_is_asked(issuer.to),
        "period": period_name(content.frequency, span),
        "next_period": next_period_name(content.frequency, span),
        "first": vn_day(span.first),
        "last": vn_day(span.last),
        "due": vn_day(content.due),
    }


def _sections(content: ReportContent, form: Form, template: Template, values: dict[str, str]) -> list[Block]:
    """The template's sections, numbered as the form wants; then what the plan asks for and the template has no place for."""
    extra = [
        Section(heading=upper_first(phrase).replace("{", "(").replace("}", ")"), blocks=(Words(text=TO_BE_ADDED),))
        for phrase in template.lacks(content.contents)
    ]
    return _numbered((*template.sections, *extra), 1, content, form, template, values)


def _numbered(
    sections: Iterable[Section],
    level: int,
    content: ReportContent,
    form: Form,
    template: Template,
    values: dict[str, str],
) -> list[Block]:
    whole = content.is_whole
    found: list[Block] = []
    number = 0
    for section in sections:
        if section.only and (section.only == "whole") is not whole:
            continue
        said: list[Block] = []
        for block in section.blocks:
            made = (
                [Paragraph(fill(block.text, values))]
                if isinstance(block, Words)
                else blocks_of(block, content, template)
            )
            said += [fitted(one, form.portrait) if isinstance(one, Table) else one for one in made]
        said += _numbered(section.sections, level + 1, content, form, template, values)
        if not said and not section.if_empty:
            continue
        number += 1
        heading = f"{form.numeral(level, number)} {fill(section.heading, values)}"
        found += [Heading(level, heading), *(said or [Paragraph(section.if_empty)])]  # type: ignore[arg-type]
    return found
