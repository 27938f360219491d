"""Calls that leave the process or take long: HTTP, mail, brokers, files far away, pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.project.looks.source import Source

_VERBS = rb"(?:get|post|put|patch|delete|head|options|request|send|stream)"

HTTP = (
    rb"\b(?:requests|httpx|aiohttp|urllib3)\." + _VERBS + rb"\("
    rb"|\burlopen\(|\b_?(?:http|httpx|rest|api|web)_?[cC]lient\." + _VERBS + rb"\w*\("
    rb"|\b(?:http_session|client_session)\." + _VERBS + rb"\("
    rb"|(?<![\w.])fetch\(|\baxios(?:\.\w+)?\(|\b(?:got|ky|superagent)(?:\." + _VERBS + rb")?\("
    rb"|\bhttpService\.(?:axiosRef\.)?" + _VERBS + rb"\("
    rb"|\bhttp\.(?:Get|Post|PostForm|Head|DefaultClient\.Do)\(|\b\w*[cC]lient\.Do\("
    rb"|\brestTemplate\.\w+\(|\b(?:rest|web)Client\.(?:get|post|put|patch|delete|method)\("
    rb"|\bhttpClient\.(?:send|execute|newCall|Get|Post|Put|Patch|Delete|Send)\w*\("
    rb"|\b_?httpClient\.\w+Async\("
    rb"|\breqwest::(?:blocking::)?get\(|\bNet::HTTP\.\w+\(|\b(?:HTTParty|RestClient|Faraday)\.\w+\("
    rb"|\bHttp::" + _VERBS + rb"\(|\bcurl_exec\("
)
MAIL = (
    rb"\b(?:send_mail|send_email|send_mass_mail|sendMail|sendEmail|sendmail)\("
    rb"|\bsmtplib\.SMTP|\b\w*[mM]ail(?:er|Sender)?\.send\w*\(|\bsg\.send\(|\bsgMail\.send\w*\("
    rb"|\bsmtp\.SendMail\(|\bMail::(?:to|send)\(|\bdeliver_now\b|\bSendMailAsync\("
)
BROKER = (
    rb"\b\w*(?:[pP]roducer|[pP]ublisher|[kK]afka\w*)\.(?:send|produce|publish|emit)\w*\("
    rb"|\b(?:kafkaTemplate|rabbitTemplate|amqpTemplate|streamBridge|jmsTemplate|sqsTemplate)\.\w+\("
    rb"|\bbasic_publish\(|\bbasicPublish\(|\bchannel\.(?:publish|sendToQueue)\("
    rb"|\b(?:sqs|sns)\.(?:send_message|publish|SendMessage|Publish)\w*\("
)
STORAGE = (
    rb"\b(?:s3|s3_client|s3Client|bucket|blob)\.(?:upload|put|download|get|send|PutObject|GetObject"
    rb"|save)\w*\(|\bupload_from_\w+\("
)
VENDOR = rb"\bstripe\.[A-Za-z.]+\(|\btwilio\w*\.[a-zA-Z.]*create\("
PICTURE = rb"\bImage\.open\(|\bImageIO\.read\(|\bsharp\(|\bThumbnails\.of\(|\bMiniMagick::"
DOCUMENT = (
    rb"\bpdfkit\.from_\w+\(|\bweasyprint\.HTML\(|\bHTML\([^)\n]*\)\.write_pdf\(|\bwrite_pdf\("
    rb"|\bSimpleDocTemplate\(|\bnew PDFDocument\(|\bpuppeteer\.launch\(|\bplaywright\.\w+\.launch\("
    rb"|\bPdfWriter\.getInstance\(|\bnew ITextRenderer\(|\bwkhtmltopdf\b|\bPdf::loadView\("
    rb"|\bnew PdfRendererBuilder\(|\bgofpdf\.New\("
)
SLEEP = rb"\btime\.sleep\(|\basyncio\.sleep\(|\bThread\.sleep\(|\btime\.Sleep\(|\bTask\.Delay\("

_WORDS = """
requests httpx aiohttp urllib3 urlopen http_client httpclient restclient rest_client api_client
apiclient webclient web_client httpxclient http_session client_session fetch axios got ky
superagent httpservice http resttemplate reqwest net httparty faraday curl_exec send_mail
send_email send_mass_mail sendmail sendemail smtplib mailer mail mailsender sgmail smtp
deliver_now sendmailasync producer publisher kafka kafkaproducer kafkatemplate rabbittemplate
amqptemplate streambridge jmstemplate sqstemplate basic_publish basicpublish channel sqs sns s3
s3_client s3client bucket blob stripe twilio image imageio sharp thumbnails minimagick pdfkit
weasyprint write_pdf simpledoctemplate pdfdocument puppeteer playwright pdfwriter itextrenderer
wkhtmltopdf pdf pdfrendererbuilder gofpdf sleep delay client
"""
WORDS = frozenset(_WORDS.encode().split())

_WAITS = re.compile(b"|".join((HTTP, MAIL, BROKER, STORAGE, VENDOR, SLEEP)))
_SLOW = re.compile(b"|".join((HTTP, MAIL, PICTURE, DOCUMENT, STORAGE, VENDOR)))
_LATER = re.compile(
    rb"\.delay\(|apply_async|add_task\(|enqueue|perform_(?:later|async)|deliver_later|on_commit"
    rb"|after_commit|afterCommit|dispatch\(|BackgroundTasks?|defer\b|\.queue\(|setImmediate"
    rb"|registerSynchronization|after_this_request"
)
"""What hands the work on, to be done after this."""

MOST = 50
"""Calls of one block that are looked at."""


def waits(source: Source, start: int, end: int) -> Iterator[int]:
    """Give the places of calls that wait for something outside, a line once."""
    return _calls(_WAITS, source, start, end)


def slow_work(source: Source, start: int, end: int) -> Iterator[int]:
    """Give the places of calls that a caller would wait long for, a line once."""
    return _calls(_SLOW, source, start, end)


def _calls(pattern: re.Pattern[bytes], source: Source, start: int, end: int) -> Iterator[int]:
    lines = set()
    for match in pattern.finditer(source.code, start, end):
        first = source.code.rfind(b"\n", 0, match.start()) + 1
        last = source.code.find(b"\n", match.end())
        line = source.code[first : last if last >= 0 else end]
        if first not in lines and not _LATER.search(line) and not _declares(line):
            lines.add(first)
            yield match.start()
            if len(lines) >= MOST:
                break


_DECLARES = re.compile(rb"^\s*(?:async\s+)?(?:def|func|function|fn|fun)\s")


def _declares(line: bytes) -> bool:
    return _DECLARES.match(line) is not None
