"""One digest a night, in Spanish and English, by e-mail and to addresses that take JSON (chats, webhooks).

Where to is in one file, `telling.yaml` of the home. Passwords stand in variables of the environment, which the file names.
What there is to tell is in `pipelines.work.notices`.
"""

import os
import smtplib
import ssl
from collections.abc import Callable, Iterable
from email.message import EmailMessage
from typing import Literal

import httpx

from pipelines.home import Home
from pipelines.work.notices import Notice, forget_ended, note_told, read_told
from warehouse.schema.declaration import DeclarationError, Strict, read, takes

_SECONDS = 30
_MOST = 200  # notices in one digest; the rest are counted


class Email(Strict):
    """A server and who writes to whom. `password_variable` names the variable of the environment that holds the password."""

    server: str = takes("the name of a server", "el nombre de un servidor", min_length=1)
    port: int = takes("a port such as 587", "un puerto, como 587", 587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password_variable: str | None = None
    sender: str = takes("an e-mail address", "un correo", pattern=r"^[^@\s]+@[^@\s]+$")
    to: list[str] = takes("a list of e-mail addresses", "una lista de correos", min_length=1)


class Webhook(Strict):
    """An address that takes JSON by POST: the digest stands in `field` (chats call it text or content)."""

    address: str = takes("an address, http or https", "una dirección, http o https", pattern=r"^https?://")
    field: str = takes("the name of a field", "el nombre de un campo", "text")


class Telling(Strict):
    """Where digests go."""

    email: Email | None = None
    webhooks: list[Webhook] = takes("a list of addresses", "una lista de direcciones", [])


def tell(home: Home, notices: Iterable[Notice], say: Callable[[str], None]) -> list[str]:
    """Sends what is new and every alert that nobody acknowledged; nothing where there is none. Returns what went wrong.

    What nobody could be told is told again the next night. Without `telling.yaml` the digest is only said.
    """
    every, record = list(notices), read_told(home)
    due = [one for one in every if (one.key not in record.told or one.standing) and one.key not in record.acknowledged]
    if not due:
        forget_ended(home, every)
        return []
    text = digest(due)
    say(text)
    try:
        telling = load_telling(home)
    except DeclarationError as error:
        return [str(error)]
    problems, delivered = [], 0
    for name, send in _channels(telling, text, subject(due)):
        try:
            send()
            delivered += 1
        except (OSError, smtplib.SMTPException, httpx.HTTPError, KeyError, ValueError) as error:
            problems.append(f"{name}: {type(error).__name__}: {error}"[:300])
    if delivered:
        note_told(home, every)
    return problems


def load_telling(home: Home) -> Telling:
    """The file, or nobody to be told where there is none. Raises DeclarationError."""
    path = home.root / "telling.yaml"
    return read(Telling, path, file=path.name) if path.exists() else Telling()


def subject(notices: list[Notice]) -> str:
    """How many alerts and news: what a person sees first."""
    alerts = sum(notice.standing for notice in notices)
    return f"Peso a Peso: {alerts} avisos, {len(notices) - alerts} novedades / {alerts} alerts, {len(notices) - alerts} news"


def digest(notices: list[Notice]) -> str:
    """The whole text: in Spanish and then in English; news first, and alerts with the key that quiets them."""
    shown = sorted(notices, key=lambda notice: notice.standing)[:_MOST]
    more = len(notices) - len(shown)
    spanish = [f"- {_plain(notice.es)}{_key(notice)}" for notice in shown]
    english = [f"- {_plain(notice.en)}{_key(notice)}" for notice in shown]
    if more:
        spanish.append(f"- … y {more} más: `peso alerts`")
        english.append(f"- … and {more} more: `peso alerts`")
    return "\n".join(["Novedades y avisos de esta noche", *spanish, "", "News and alerts of this night", *english, ""])


def _key(notice: Notice) -> str:
    return f" [{notice.key}]" if notice.standing else ""


def _plain(text: str) -> str:
    """In one line, without what could move a terminal or forge a header."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _channels(telling: Telling, text: str, title: str) -> Iterable[tuple[str, Callable[[], None]]]:
    email = telling.email
    if email:
        yield f"e-mail ({email.server})", lambda: _send_mail(email, text, title)
    for number, webhook in enumerate(telling.webhooks, 1):
        # Not its address: chats carry their secret in it.
        yield f"webhook {number}", lambda webhook=webhook: _post(webhook, text)  # type: ignore[misc]


def _send_mail(email: Email, text: str, title: str) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = title, email.sender, ", ".join(email.to)
    message.set_content(text)
    secure = ssl.create_default_context()
    if email.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(email.server, email.port, timeout=_SECONDS, context=secure)
    else:
        server = smtplib.SMTP(email.server, email.port, timeout=_SECONDS)
    with server:
        if email.security == "starttls":
            server.starttls(context=secure)
        if email.user:
            server.login(email.user, os.environ[email.password_variable or "PESO_MAIL_PASSWORD"])
        server.send_message(message)


def _post(webhook: Webhook, text: str) -> None:
    answer = httpx.post(webhook.address, json={webhook.field: text}, timeout=_SECONDS, trust_env=False)
    if answer.is_error:
        raise ValueError(f"answer {answer.status_code}")  # without the address, which httpx would repeat
