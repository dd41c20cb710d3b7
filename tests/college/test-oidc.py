#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in through an OpenID Connect issuer that other people have written: oidc-provider, as a public native client."""
import http.cookiejar
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEVICE = "0192f0c0-0000-7000-8000-00000000000a"
BACK = "http://127.0.0.1:40123/signed-in"
MOST_STEPS = 12
READY_SECONDS = 60


def provider_folder():
    sys.path.insert(0, str(HERE.parents[1] / "app/tools/models"))
    import fetch
    return fetch.Cache().root / json.loads((HERE / "oidc-provider.json").read_text())["folder"]


def why_not():
    if shutil.which("node") is None:
        return "node is not installed (./dev deps installs it)"
    if not (provider_folder() / "node_modules/oidc-provider/package.json").exists():
        return "oidc-provider is not there (tests/college/get-oidc-provider.py fetches it)"
    return None


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


class Browser:
    """Goes where it is sent, with cookies, until it is sent to the workstation."""

    def __init__(self):
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect(),
                                                  urllib.request.HTTPCookieProcessor(jar))

    def walk(self, url):
        for _ in range(MOST_STEPS):
            if url.startswith(BACK + "?"):
                return url
            try:
                page = self.opener.open(url)
                raise AssertionError(f"a page instead of a way on: {page.read()[:300]}")
            except urllib.error.HTTPError as answer:
                assert answer.code in (302, 303), f"{answer.code}: {answer.read()[:500]}"
                url = urllib.parse.urljoin(url, answer.headers["Location"])
        raise AssertionError("sent around in circles")


class Campus:
    def __init__(self, folder, issuer):
        self.folder, self.likenessd = folder, os.environ["LIKENESSD"]
        self.run("init")
        for user, outside in (("lin", "t1001"), ("wang", "no-t1001")):
            self.run("account", "add", user, "--role", "reviewer", "--outside", outside, "--no-password")
        self.write("", issuer)

    def write(self, more, issuer):
        Path(self.folder, "likenessd.conf").write_text(
            f"[college_sign_in]\nkind=oidc\nissuer={issuer}\nclient_id=likeness\n{more}")

    def run(self, *words):
        subprocess.run([self.likenessd, *words, "--data", self.folder], check=True, stdout=subprocess.DEVNULL)

    def __enter__(self):
        port_file = Path(self.folder, "port")
        port_file.unlink(missing_ok=True)
        self.server = subprocess.Popen([self.likenessd, "serve", "--data", self.folder, "--port", "0",
                                        "--port-file", str(port_file)], stderr=subprocess.DEVNULL)
        for _ in range(READY_SECONDS * 50):
            if port_file.exists():
                self.url = f"http://127.0.0.1:{port_file.read_text()}"
                return self
            time.sleep(0.02)
        raise AssertionError("likenessd did not become ready")

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()

    def post(self, path, body):
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as answer:
            return answer.code, json.load(answer)


def sign_in(campus):
    status, begun = campus.post("/v1/sessions/college", {"device": DEVICE, "back": BACK})
    assert status == 201, begun
    back = Browser().walk(begun["url"])
    answer = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(back).query))
    return campus.post(f"/v1/sessions/college/{begun['id']}", {"device": DEVICE, **answer})


def with_provider(algorithm, person, test):
    provider = subprocess.Popen(["node", str(HERE / "provider.mjs"), str(provider_folder()), algorithm, person],
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        issuer = provider.stdout.readline().strip()
        assert issuer, "the issuer did not start"
        with tempfile.TemporaryDirectory() as folder:
            test(Campus(folder, issuer), issuer)
    finally:
        provider.kill()
        provider.wait()


def knows(campus, issuer):
    with campus:
        status, answer = sign_in(campus)
    assert status == 201 and answer["account"]["user"] == "lin", answer
    # another claim of the same token names another account
    campus.write("attribute=employee_number\n", issuer)
    with campus:
        status, answer = sign_in(campus)
    assert status == 201 and answer["account"]["user"] == "wang", answer


def knows_not(campus, issuer):
    with campus:
        status, answer = sign_in(campus)
    assert (status, answer["code"]) == (401, "no-account"), answer


CASES = {
    "RS256": lambda: with_provider("RS256", "t1001", knows),
    "ES256": lambda: with_provider("ES256", "t1001", knows),
    "somebody without an account": lambda: with_provider("RS256", "t2002", knows_not),
}


def main():
    reason = why_not()
    if reason is not None:
        if os.environ.get("LIKENESS_TEST_ALL"):
            print(f"Bail out! {reason}")
            return 1
        print(f"1..0 # SKIP {reason}")
        return 0
    print(f"1..{len(CASES)}")
    for number, (name, case) in enumerate(CASES.items(), 1):
        try:
            case()
            print(f"ok {number} {name}", flush=True)
        except Exception as error:
            print(f"not ok {number} {name}\n# {error}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
