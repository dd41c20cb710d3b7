# SPDX-License-Identifier: GPL-3.0-or-later
"""The stage of a journey: a campus with drawn students, its service, and workstations in front of it.

All of it lies in one temporary folder and ends with the stage. Nothing here waits without a limit.
"""
import csv
import fcntl
import hashlib
import json
import os
import re
import select
import shutil
import signal
import subprocess
import tempfile
import urllib.request
from pathlib import Path

import campus as campus_db
import tree
from keys import Keys
from tap import PATIENCE, comment, wait_for

SOURCE = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("LIKENESS_BUILD_DIR", SOURCE / "build")).resolve()
PASSWORD = "correct horse battery 7"
NAMES = {"lin": "林晓老师", "zhao": "赵敏老师"}

# What neither program may ever write: a sanitizer's report or a warning of GLib.
COMPLAINT = re.compile(r"AddressSanitizer|LeakSanitizer|runtime error:|-(WARNING|CRITICAL) \*\*|g_error|Aborted")


def program_environ(**more):
    """For our programs: warnings end them, and they speak English unless told otherwise."""
    environ = dict(os.environ, G_DEBUG="fatal-warnings", G_MESSAGES_DEBUG="all", LANGUAGE="en", LC_ALL="C.UTF-8",
                   LIKENESS_DATA_DIR=str(SOURCE / "data"), GSETTINGS_BACKEND="memory")
    environ.update({name: str(value) for name, value in more.items()})
    return environ


def drawing_code():
    """A word that is another one when the drawing program has changed."""
    digest = hashlib.sha256()
    for path in sorted((SOURCE / "app/tools").rglob("*.[ch]")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def draw_once(environ):
    """The folder of a drawn class of thirty. Drawn by the first journey; the user's cache keeps it for the others and for
    the builds with sanitizers, where drawing takes minutes."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "likeness/journeys"
    folder = cache / f"drawn-{drawing_code()}"
    cache.mkdir(parents=True, exist_ok=True)
    with open(cache / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            for older in cache.glob("drawn-*"):    # of other code, or of a journey that was stopped
                shutil.rmtree(older)
            subprocess.run([BUILD / "app/tools/likeness-draw", "demo", cache / "drawn-part", "--students", "30"], env=environ,
                           check=True, timeout=200 * PATIENCE)
            (cache / "drawn-part").rename(folder)
    return folder


class Program:
    """A program in the background with its words in a file."""

    def __init__(self, name, log, command, environ):
        self.name = name
        self.log = log
        with open(log, "ab") as file:
            self.process = subprocess.Popen([str(part) for part in command], env=environ, stdin=subprocess.DEVNULL,
                                            stdout=file, stderr=file)

    @property
    def pid(self):
        return self.process.pid

    def check_alive(self):
        status = self.process.poll()
        assert status is None, f"{self.name} has ended with status {status}"

    def kill(self):
        """As when the machine loses power: no time to tidy up."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def wait(self, seconds):
        """The exit status after an orderly end; AssertionError when it does not come."""
        try:
            return self.process.wait(seconds * PATIENCE)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{self.name} has not ended after {seconds * PATIENCE:.0f} s") from None

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


class Display:
    """An X server of its own: a second person's screen, where the first has the keyboard of the first."""

    def __init__(self, log):
        reader, writer = os.pipe()
        with open(log, "wb") as file:
            self.process = subprocess.Popen(["Xvfb", "-displayfd", str(writer), "-screen", "0", "1400x1100x24",
                                             "-nolisten", "tcp", "-noreset"], pass_fds=[writer], stderr=file)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            ready, _, _ = select.select([pipe], [], [], 20 * PATIENCE)
            number = pipe.readline().strip() if ready else ""
        assert number, "no second X server"
        self.name = f":{number}"

    def end(self):
        self.process.kill()
        self.process.wait()


class Workstation:
    """`likeness` on one screen with a data folder of its own, as one reviewer's machine."""

    def __init__(self, stage, user, display=None, arguments=None):
        self.stage = stage
        self.user = user
        self.display = display or os.environ["DISPLAY"]
        self.keys = Keys(self.display)
        self.folder = stage.folder / f"workstation-{user}"
        self.log = stage.folder / f"workstation-{user}.log"
        self.arguments = arguments
        self.program = None
        self._places = {}       # (role, name): where such objects were before

    def start(self):
        """Starts it and waits until its window is on the screen and on the accessibility bus."""
        arguments = self.arguments
        if arguments is None:
            arguments = ["--service", self.stage.address, "--user", self.user, "--password-file", self.stage.password_file]
        self.program = self.stage.own(Program(f"likeness of {self.user}", self.log, [
            BUILD / "ui/likeness", *arguments, "--data-dir", self.folder], program_environ(DISPLAY=self.display)))
        self.wait_for("its window", lambda: self.keys.windows(self.program.pid) and self.tree(), 20)
        self.keys.focus(self.program.pid)
        return self

    def tree(self):
        return tree.application(self.program.pid)

    def wait_for(self, what, condition, seconds=10):
        return wait_for(f"{what} ({self.program.name})", condition, seconds, alive=self.program.check_alive)

    def find(self, role=None, name=None, where=None):
        """A drawn object like that, or None. The long lists are not looked into: half of the tree is in them."""
        wanted = (role, getattr(name, "pattern", name))
        node = tree.find(self.tree(), role, name, lambda node: node.is_drawn() and (where is None or where(node)),
                         self._places.get(wanted, ()), folded=("Queue", "Checks"))
        if node is not None and node.path not in self._places.setdefault(wanted, []):
            self._places[wanted].append(node.path)
        return node

    def see(self, role=None, name=None, where=None, seconds=10):
        """The first drawn object like that, as soon as it is there."""
        return self.wait_for(f"{role or 'something'} named {getattr(name, 'pattern', name)!r}",
                             lambda: self.find(role, name, where), seconds)

    def words(self):
        """Everything the accessibility tree says, drawn or not."""
        return [word for node in tree.walk(self.tree()) for word in node.words()]

    def press(self, *names):
        self.keys.press(*names)

    def kill(self):
        self.program.kill()

    def close(self):
        """Ends it as a person does."""
        self.keys.focus(self.program.pid)
        self.press("ctrl+q")
        status = self.program.wait(10)
        assert status == 0, f"{self.program.name} ended with status {status}"


class Stage:
    """A context manager: everything is stopped and thrown away at its end."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="likeness-journey-"))
        self.data = self.folder / "campus"
        self.campus = campus_db.Campus(self.data)
        self.password_file = self.folder / "password"
        self.password_file.touch(0o600)
        self.password_file.write_text(PASSWORD)
        self.service_log = self.folder / "service.log"
        self.service = None
        self.port = 0
        self.workstations = []
        self.roster = []
        self._owned = []
        self._environ = program_environ()
        self.limits()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for owned in reversed(self._owned):
            owned.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def own(self, thing):
        """Remembers something that has to end with the stage."""
        self._owned.append(thing)
        return thing

    def limits(self, **members):
        """Gives the service other limits than the shipped ones, for instance lease={"max": 4, "seconds": 600}. Without a word about
        it no second person looks at anything but what a reviewer is unsure about, and at once."""
        limits = json.loads((SOURCE / "data/service.json").read_text())
        limits["second_review"] = {"by_rule": False, "first_decisions": 0, "approvals_percent": 0, "rejections_percent": 0,
                                   "known_percent": 0, "after_seconds": 0}
        limits.update(members)
        folder = self.folder / "data"
        folder.mkdir(exist_ok=True)
        (folder / "service.json").write_text(json.dumps(limits))
        self._environ["LIKENESS_DATA_DIR"] = f"{folder}:{SOURCE / 'data'}"

    def likenessd(self, *arguments, typed="", seconds=120):
        """Runs one command of the service program to its end and gives its output."""
        done = subprocess.run([str(part) for part in (BUILD / "app/service/likenessd", *arguments)], input=typed,
                              env=self._environ, capture_output=True, text=True, timeout=seconds * PATIENCE)
        assert done.returncode == 0, f"likenessd {arguments[0]}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def _take_students(self, count, in_one_class=0):
        """The first drawn students, numbered so that their masked numbers differ: (roster file, folder of photos). More than were
        drawn are the same again, in files that differ by a byte; then only masked numbers next to each other differ. in_one_class: so
        many of them, the first, are moved into one class."""
        drawn = draw_once(self._environ)
        photos = self.folder / "photos"
        photos.mkdir()
        rows = campus_db.roster(drawn / "roster.csv")
        self.roster = [dict(rows[i % len(rows)]) for i in range(count)]
        for i, row in enumerate(self.roster):
            old, row["student_no"] = row["student_no"], f"202310{1000 + i:04d}" if i < 100 else f"2023{100000 + i:06d}"
            if i < in_one_class:
                row.update({"class": rows[0]["class"], "site": rows[0]["site"]})
            for suffix in (".jpg", ".id.jpg"):
                if (drawn / "photos" / (old + suffix)).exists():
                    photo = (drawn / "photos" / (old + suffix)).read_bytes() + b"\0" * (i // len(rows))
                    (photos / (row["student_no"] + suffix)).write_bytes(photo)
        with open(self.folder / "roster.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, self.roster[0].keys())
            writer.writeheader()
            writer.writerows(self.roster)
        return self.folder / "roster.csv", photos

    def _raise_search(self):
        """Drawn strangers are more alike than real ones: their campus looks for the same face from a higher score on."""
        models = json.loads((SOURCE / "data/models.json").read_text())
        models["similarity"]["search"] = 1.6
        (self.data / "models.json").write_text(json.dumps(models))

    def open_campus(self, students, reviewers=("lin",), leads=(), before_photos=None, in_one_class=0):
        """Makes a campus of drawn students with reviewers and leads who can sign in, and starts its service. before_photos(): called
        when the students are known and their photos are not, with the service still to be started."""
        roster, photos = self._take_students(students, in_one_class)
        self.likenessd("init", "--data", self.data)
        self._raise_search()
        for user in (*reviewers, *leads):
            self.add_account(user, "lead" if user in leads else "reviewer")
        if before_photos:
            self.likenessd("import", "--roster", roster, "--data", self.data)
            before_photos()
        self.likenessd("import", "--roster", roster, "--photos", photos, "--data", self.data)
        assert self.campus.count("PENDING") == students
        if not self.service:
            self.start_service()

    def add_account(self, user, role, *scope):
        """Somebody of the staff who can sign in; scope: further options, "--class" and its name."""
        self.likenessd("account", "add", user, "--role", role, "--name", NAMES[user], *scope, "--data", self.data,
                       typed=PASSWORD + "\n")

    def ask_desk(self, user, text):
        """A further request, about the first student, as the desk takes it down for somebody who calls."""
        def call(path, body, **headers):
            request = urllib.request.Request(self.address + path, json.dumps(body).encode(), headers)
            with urllib.request.urlopen(request) as answer:
                return json.loads(answer.read())
        device, key = (f"0192f0c0-0000-7000-8000-00000000000{n}" for n in (1, 2))
        token = call("/v1/sessions", {"user": user, "password": PASSWORD, "device": device})["token"]
        call("/v1/tickets", {"type": "OTHER", "student": 1, "text": text}, **{"Authorization": f"Bearer {token}", "Idempotency-Key": key})

    def start_service(self):
        """Starts the service; the second time on the port it had before, where the workstations look for it."""
        port_file = self.folder / "port"
        port_file.unlink(missing_ok=True)
        self.service = self.own(Program("likenessd", self.service_log, [
            BUILD / "app/service/likenessd", "serve", "--data", self.data, "--port", self.port, "--port-file", port_file],
            self._environ))
        wait_for("the service", lambda: port_file.read_text().strip(), 20, alive=self.service.check_alive)
        self.port = int(port_file.read_text())

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def workstation(self, user="lin", display=None, arguments=None):
        workstation = Workstation(self, user, display, arguments)
        self.workstations.append(workstation)
        return workstation

    def second_display(self):
        return self.own(Display(self.folder / "xvfb.log")).name

    def logs(self):
        return [self.service_log, *(w.log for w in self.workstations)]

    def end_well(self):
        """Closes what still runs, in order, and looks for complaints in everything that was written."""
        for workstation in self.workstations:
            if workstation.program and workstation.program.process.poll() is None:
                workstation.close()
        self.service.check_alive()
        self.service.process.terminate()
        status = self.service.wait(20)
        assert status == 0, f"likenessd ended with status {status}"
        self.likenessd("audit", "verify", "--data", self.data)
        for log in self.logs():
            for line in log.read_text(errors="replace").splitlines():
                assert not COMPLAINT.search(line), f"{log.name}: {line}"

    def unmasked(self):
        """Every personal value of the roster that stands, whole, on a screen or in a log: (where, what)."""
        places = [(log.name, log.read_text(errors="replace")) for log in self.logs() if log.exists()]
        for workstation in self.workstations:
            if workstation.tree():
                places.append((f"screen of {workstation.user}", "\n".join(workstation.words())))
            for path in workstation.folder.rglob("*"):
                if path.is_file():
                    places.append((path.name, path.read_bytes().decode("utf-8", "replace")))
        values = {row[column] for row in self.roster for column in row if re.search(
            "学号|姓名|身份证号|student_no|^name$|id_number", column)}
        return [(where, value) for value in values if value for where, text in places if value in text]

    def tell_what_happened(self):
        """For the log of a failed test: the ends of the programs' words, what is on the screens, and pictures of them."""
        kept = Path(os.environ.get("LIKENESS_JOURNEY_LOGS", BUILD / "journey-logs")) / self.folder.name
        kept.mkdir(parents=True, exist_ok=True)
        for log in self.logs():
            if log.exists():
                shutil.copy(log, kept)
                comment(f"--- {log.name}")
                lines = [line for line in log.read_text(errors="replace").splitlines() if "-DEBUG:" not in line]
                comment("\n".join(lines[-15:]))
        for workstation in self.workstations:
            picture = kept / f"screen-{workstation.user}.png"
            subprocess.run(["import", "-display", workstation.display, "-window", "root", str(picture)], check=False,
                           timeout=60, capture_output=True)
            accessible = workstation.program and workstation.program.process.poll() is None and workstation.tree()
            if accessible:
                (kept / f"tree-{workstation.user}.txt").write_text(tree.dump(accessible))
        comment(f"logs, screens and trees are in {kept}")
