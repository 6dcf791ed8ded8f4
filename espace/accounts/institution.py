"""Entering with the account of one's institution: OpenID Connect, code flow, PKCE, state and nonce.

Only the protocol is here; ``requests`` speaks and ``PyJWT`` checks the signatures. What a provider
says serves once: we keep its issuer and its « sub », nothing else (docs/decisions/0027).
"""

import base64
import hashlib
import logging
import secrets
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
import requests
from django.conf import settings
from django.core.cache import cache

from espace.core.clock import now

KEY = "institution"
MOST_WAITING = 5
WAITS_SECONDS = 600
TIMEOUT_SECONDS = 5
KEPT_SECONDS = 600
MOST_BYTES = 200_000
CLOCKS_APART_SECONDS = 120
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
logger = logging.getLogger(__name__)


class Trouble(Enum):
    """What went wrong on the way, as the person needs to know it."""

    DOWN = "down"
    REFUSED = "refused"
    EXPIRED = "expired"
    NOT_OURS = "not_ours"


class InstitutionError(Exception):
    """The way in by one's institution stops here."""

    def __init__(self, trouble: Trouble, why: str) -> None:
        super().__init__(why)
        self.trouble = trouble
        # A short word of ours, never what the provider answered.
        logger.warning("institution: %s", why)


@dataclass(frozen=True)
class Provider:
    """The institution's identity provider, from the environment."""

    name: str
    issuer: str
    client_id: str
    secret: str
    scope: str
    acr_values: str
    strong_acr: tuple[str, ...]
    prompt: str
    email_trusted: bool


@dataclass(frozen=True)
class Arrival:
    """Someone the provider knows, and where they were going."""

    issuer: str
    subject: str
    strong: bool
    back: str
    access_token: str


def provider() -> Provider | None:
    """Return the provider in service; None when the site has none."""
    return Provider(**settings.IDENTITY_PROVIDER) if settings.IDENTITY_PROVIDER else None


def start(chosen: Provider, session: MutableMapping[str, Any], back: str, callback: str) -> str:
    """Return the address of the provider where the person says who they are."""
    endpoint = _configuration(chosen)["authorization_endpoint"]
    state, nonce, verifier = (secrets.token_urlsafe(32) for _each in range(3))
    waiting = {
        **_waiting(session),
        state: {"nonce": nonce, "verifier": verifier, "back": back, "at": _seconds()},
    }
    session[KEY] = dict(list(waiting.items())[-MOST_WAITING:])
    challenge = hashlib.sha256(verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": chosen.client_id,
        "redirect_uri": callback,
        "scope": chosen.scope,
        "state": state,
        "nonce": nonce,
        "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "acr_values": chosen.acr_values,
        "prompt": chosen.prompt,
    }
    sent = urlencode({name: value for name, value in asked.items() if value})
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{sent}"


def arrive(
    chosen: Provider, session: MutableMapping[str, Any], said: Mapping[str, str], callback: str
) -> Arrival:
    """Return who comes back from the provider. Raises InstitutionError.

    A state serves once, ten minutes at most, in the browser that left with it.
    """
    waiting = _waiting(session)
    mine = waiting.pop(said.get("state", ""), None)
    session[KEY] = waiting
    if mine is None:
        trouble = Trouble.REFUSED if "error" in said else Trouble.NOT_OURS
        raise InstitutionError(trouble, "unknown state")
    if not 0 <= _seconds() - mine["at"] <= WAITS_SECONDS:
        raise InstitutionError(Trouble.EXPIRED, "old state")
    if said.get("iss", chosen.issuer) != chosen.issuer:
        raise InstitutionError(Trouble.NOT_OURS, "another issuer answers")
    if "error" in said or not said.get("code"):
        raise InstitutionError(Trouble.REFUSED, "the provider or the person refused")
    answer = _tokens(chosen, said["code"], mine["verifier"], callback)
    claims = _claims(chosen, str(answer.get("id_token", "")), required=("exp", "iat", "sub"))
    if not secrets.compare_digest(str(claims.get("nonce", "")), mine["nonce"]):
        raise InstitutionError(Trouble.NOT_OURS, "wrong nonce")
    if claims.get("azp", chosen.client_id) != chosen.client_id:
        raise InstitutionError(Trouble.NOT_OURS, "made for another site")
    return Arrival(
        issuer=chosen.issuer,
        subject=str(claims["sub"]),
        strong=_is_strong(chosen, claims),
        back=mine["back"],
        access_token=str(answer.get("access_token", "")),
    )


def verified_email(chosen: Provider, arrival: Arrival) -> str:
    """Ask the provider for the address it answers for; "" when it does not."""
    endpoint = _configuration(chosen)["userinfo_endpoint"]
    answer = _ask("GET", endpoint, headers={"Authorization": f"Bearer {arrival.access_token}"})
    if "jwt" in answer.headers.get("Content-Type", ""):
        said = _claims(chosen, answer.text.strip(), required=("sub",))
    else:
        said = _object(answer)
    if str(said.get("sub", "")) != arrival.subject:
        raise InstitutionError(Trouble.NOT_OURS, "userinfo of somebody else")
    answers_for = chosen.email_trusted or said.get("email_verified") is True
    return str(said.get("email", "")).strip().lower() if answers_for else ""


def _is_strong(chosen: Provider, claims: Mapping[str, Any]) -> bool:
    means = claims.get("amr")
    return claims.get("acr") in chosen.strong_acr or (isinstance(means, list) and "mfa" in means)


def _configuration(chosen: Provider) -> dict[str, str]:
    key = f"institution:{chosen.issuer}"
    kept: dict[str, str] | None = cache.get(key)
    if kept is None:
        found = _object(_ask("GET", f"{chosen.issuer}/.well-known/openid-configuration"))
        if found.get("issuer", "").rstrip("/") != chosen.issuer:
            raise InstitutionError(Trouble.DOWN, "the configuration names another issuer")
        kept = {name: str(found.get(name, "")) for name in ("issuer", *ENDPOINTS)}
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _tokens(chosen: Provider, code: str, verifier: str, callback: str) -> dict[str, Any]:
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": callback,
        "client_id": chosen.client_id,
        "client_secret": chosen.secret,
        "code_verifier": verifier,
    }
    return _object(_ask("POST", _configuration(chosen)["token_endpoint"], data=sent))


def _claims(chosen: Provider, token: str, *, required: tuple[str, ...]) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_key(chosen, jwt.get_unverified_header(token).get("kid")),
            algorithms=ALGORITHMS,
            audience=chosen.client_id,
            issuer=_configuration(chosen)["issuer"],
            leeway=CLOCKS_APART_SECONDS,
            options={"require": ["iss", "aud", *required]},
        )
    except jwt.ExpiredSignatureError as error:
        raise InstitutionError(Trouble.EXPIRED, "old token") from error
    except jwt.PyJWTError as error:
        raise InstitutionError(Trouble.NOT_OURS, "token refused") from error
    return claims


def _key(chosen: Provider, name: Any) -> jwt.PyJWK:
    """Return the provider's key called ``name``; asked again once when it changed its keys."""
    address = _configuration(chosen)["jwks_uri"]
    for fresh in (False, True):
        kept = None if fresh else cache.get(f"institution:{address}")
        if kept is None:
            kept = _object(_ask("GET", address))
            cache.set(f"institution:{address}", kept, KEPT_SECONDS)
        for one in jwt.PyJWKSet.from_dict(kept).keys:
            if name is None or one.key_id == name:
                return one
    raise InstitutionError(Trouble.NOT_OURS, "unknown key")


def _ask(method: str, address: str, **values: Any) -> requests.Response:
    """Speak to the provider: five seconds, no redirection, HTTPS but on this very machine."""
    place = urlsplit(address)
    local = settings.DEMONSTRATION and place.hostname == "localhost"
    if place.scheme != "https" and not local:
        raise InstitutionError(Trouble.DOWN, "an address without HTTPS")
    try:
        answer = requests.request(
            method, address, timeout=TIMEOUT_SECONDS, allow_redirects=False, **values
        )
    except requests.RequestException as error:
        raise InstitutionError(Trouble.DOWN, "no answer") from error
    if answer.status_code != 200 or len(answer.content) > MOST_BYTES:
        kind = Trouble.DOWN if answer.status_code >= 500 else Trouble.REFUSED
        raise InstitutionError(kind, f"answer {answer.status_code}")
    return answer


def _object(answer: requests.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except requests.JSONDecodeError as error:
        raise InstitutionError(Trouble.DOWN, "not an answer of a provider") from error
    if not isinstance(found, dict):
        raise InstitutionError(Trouble.DOWN, "not an answer of a provider")
    return found


def _waiting(session: Mapping[str, Any]) -> dict[str, Any]:
    return dict(session.get(KEY, {}))


def _seconds() -> int:
    return int(now().timestamp())
