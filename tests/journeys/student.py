# SPDX-License-Identifier: GPL-3.0-or-later
"""A student at the service's own calls (docs/protocol.md, "A student's calls"): what the pages do, without a browser."""
import hashlib
import json
import subprocess
import urllib.parse
import urllib.request
import uuid
from datetime import datetime, timedelta

COLLEGE_DAY = timedelta(hours=8)    # rules.md section 8: college time is UTC+8


def open_round(stage):
    """A round that is open now, on all sites, and a collection code for everybody of the roster; before the service starts."""
    today = datetime.utcnow() + COLLEGE_DAY
    days = {"from": f"{today - timedelta(1):%Y-%m-%d}", "to": f"{today + timedelta(1):%Y-%m-%d}", "opens": "00:00", "closes": "24:00"}
    (stage.folder / "round.json").write_text(json.dumps({
        "name": "2025届", "kind": "regular", "price_cents": 0, "tries": 10, "graduation_year": 2025,
        "windows": [{"site": site, **days} for site in sorted({row["site"] for row in stage.roster})]}))
    stage.likenessd("round", "add", stage.folder / "round.json", "--data", stage.data)
    stage.likenessd("codes", "key", "add", "--data", stage.data)
    stage.likenessd("codes", "issue", "--roster", stage.folder / "roster.csv", "--out", stage.folder / "codes", "--data", stage.data)


def picture_of(text):
    """A picture that stands for the one the pages make of the conclusion, another one for another text: a plain colour, as a clean
    machine has no font that ImageMagick could write with."""
    colour = "#" + hashlib.sha256(text.encode()).hexdigest()[:6]
    return subprocess.run(["convert", "-size", "480x640", f"xc:{colour}", "png:-"], check=True, capture_output=True, timeout=60).stdout


class Student:
    """One row of the roster, signed in with the collection code."""

    def __init__(self, stage, row):
        self.stage = stage
        self.number = row["student_no"]
        self.token = None
        version = self.call("GET", "notice")["version"]
        code = (stage.folder / "codes" / f"{self.number}.png").read_bytes()
        session = self.call("POST", f"sessions?consent={urllib.parse.quote(version)}&face=no", code, "image/png",
                            **{"Student-Number": self.number})
        self.token = session["token"]
        self.masked_name = session["record"]["student"]["name"]

    def call(self, method, path, body=None, kind="application/json", **headers):
        """body: bytes, or what becomes JSON. The answer, or HTTPError."""
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        headers |= {"Content-Type": kind, "Idempotency-Key": str(uuid.uuid4()), "Accept-Language": "en"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(f"{self.stage.address}/v1/student/{path}", body, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            words = answer.read()
            return json.loads(words) if answer.headers.get_content_type() == "application/json" else words

    def record(self):
        return self.call("GET", "record")

    def submission(self):
        """The latest as the student sees it."""
        return self.record()["submissions"][0]

    def tickets(self):
        return self.call("GET", "tickets")["tickets"]

    def attach(self, kind, picture, media="image/png"):
        return {"kind": kind, "id": self.call("POST", "attachments", picture, media)["id"]}

    def object(self, text):
        """Against what became of the latest photo: in writing, with the conclusion and the photo attached."""
        submission = self.submission()
        assert submission["can_object"], submission
        reasons = [reason["en"] for reason in submission["decision"]["reasons"]]
        photo = (self.stage.folder / "photos" / f"{self.number}.jpg").read_bytes()
        attached = [self.attach("conclusion", picture_of("\n".join([submission["state"], *reasons]))),
                    self.attach("screenshot", photo, "image/jpeg")]
        return self.call("POST", "tickets", {"type": "APPEAL", "submission": submission["id"], "text": text, "attachments": attached})
