"""A local identity provider that knows the institutions of the demonstration network.

``make provider`` starts it, and says with which variables to start the site. It belongs to the
tests: it lets anybody in as anybody.
"""

import argparse
from datetime import timedelta

import oidc_provider_mock
from oidc_provider_mock import User

PORT = 9400
PEOPLE = ("delphine.ars", "vincent.cnsa", "sabine.municipality", "regis.delegate")


def people() -> list[User]:
    """Return the agents of the demonstration, as their institution knows them."""
    return [
        User(
            sub=name,
            claims={"email": f"{name}@exemple.test", "email_verified": True, "amr": ["mfa"]},
        )
        for name in PEOPLE
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--token-minutes", type=int, default=60)
    options = parser.parse_args()
    port, age = options.port, timedelta(minutes=options.token_minutes)
    print(
        f"The provider answers on http://localhost:{port}. In another terminal:\n\n"
        f"    OIDC_ISSUER=http://localhost:{port} OIDC_CLIENT_ID=mon-espace \\\n"
        "    OIDC_CLIENT_SECRET=demonstration OIDC_NAME='Compte de mon institution' make start\n\n"
        "Then « Entrer », and choose delphine.ars (the ARS agent).",
        flush=True,
    )
    application = oidc_provider_mock.app(user_claims=people(), access_token_max_age=age)
    application.run(host="localhost", port=port, use_reloader=False, threaded=True)


if __name__ == "__main__":
    main()
