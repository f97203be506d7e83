"""The REST interface to verification after the call, redaction by hand, and reports of wrong masks."""

from typing import Annotated, Final

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from cueline.delivery.adapters.dependencies import WebDependencies
from cueline.delivery.adapters.problems import described
from cueline.delivery.adapters.routes import find_call
from cueline.delivery.rest_verification import (
    ByReviewer,
    CallVerification,
    MaskCases,
    QuarantinedCalls,
    RangeRedacted,
    RedactRange,
    ReportedMask,
    ReportedMasks,
    ReportMask,
    ReviewMask,
    quarantined_shown,
    report_of,
    report_shown,
    verification_shown,
)
from cueline.events.verification import MaskVerdict

LIMIT: Final = 200
Web = NamedDependency[WebDependencies]


class CallVerifications(Controller):
    """What the checks after a call came to, and what people do about it."""

    path = "/v1"

    @get("/calls/{call:str}/verification", responses=described(404))
    async def verification(self, web: Web, call: FromPath[str]) -> CallVerification:
        """How the checks of a call stand: places and kinds, never a text."""
        record = await find_call(web, call)
        return verification_shown(await web.verification.find(web.tenant, record))

    @get("/quarantine", responses=described())
    async def quarantine(self, web: Web) -> QuarantinedCalls:
        """Calls that wait for a person, the newest first."""
        return quarantined_shown(await web.verification.quarantined(web.tenant, limit=LIMIT))

    @post("/calls/{call:str}/verification/release", status_code=200, responses=described(403, 404, 409))
    async def release(self, web: Web, call: FromPath[str], data: JSONBody[ByReviewer]) -> CallVerification:
        """Somebody has looked at a quarantined call and found no harm in it; a supervisor's."""
        record = await find_call(web, call)
        return verification_shown(await web.verification.release(web.tenant, record, by=data.by))

    @post("/calls/{call:str}/verification/again", status_code=202, responses=described(403, 404))
    async def again(self, web: Web, call: FromPath[str], data: JSONBody[ByReviewer]) -> CallVerification:
        """Has the call read once more from the beginning; a supervisor's."""
        record = await find_call(web, call)
        await web.verification.again(web.tenant, record, by=data.by)
        return verification_shown(await web.verification.find(web.tenant, record))

    @post("/calls/{call:str}/redactions", status_code=200, responses=described(403, 404, 409, 413))
    async def redact(self, web: Web, call: FromPath[str], data: JSONBody[RedactRange]) -> RangeRedacted:
        """Masks all that was said in a stretch of time for good, and beeps it in the recording; a supervisor's."""
        record = await find_call(web, call)
        return await web.verification.redact(web.tenant, record, data)

    @post("/calls/{call:str}/mask-reports", responses=described(404, 409, 413))
    async def report(self, web: Web, call: FromPath[str], data: JSONBody[ReportMask]) -> ReportedMask:
        """Says that a mask is wrong. It stays: what was masked is nowhere any more. The report is reviewed."""
        record = await find_call(web, call)
        return report_shown(await web.verification.report(web.tenant, record, report_of(data, ""), by=data.by))

    @get("/mask-reports", responses=described())
    async def reports(self, web: Web, verdict: FromQuery[MaskVerdict | None] = None) -> ReportedMasks:
        """Reports of wrong masks that wait for a review, or those of a verdict; the newest first."""
        found = await web.verification.reports(web.tenant, verdict=verdict, limit=LIMIT)
        return ReportedMasks([report_shown(each) for each in found])

    @post("/mask-reports/{number:int}/review", status_code=200, responses=described(403, 404))
    async def review(self, web: Web, number: FromPath[int], data: JSONBody[ReviewMask]) -> ReportedMask:
        """Accepts or refuses a report; a supervisor's."""
        return report_shown(await web.verification.review(web.tenant, number, data.verdict, by=data.by))

    @get("/mask-reports/cases", responses=described())
    async def cases(self, web: Web, limit: Annotated[int, QueryParameter(ge=1, le=LIMIT)] = LIMIT) -> MaskCases:
        """Accepted reports as material for evaluation sets: redacted text alone."""
        return MaskCases(list(await web.verification.cases(web.tenant, limit=limit)))
