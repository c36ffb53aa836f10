"""`wijkveilig run` opens a store once, refuses a port that answers, and leaves nothing behind."""

import argparse
import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.machine.conftest import Site, alive, answers, get, wait_for

from wijkveilig.config import run
from wijkveilig.config.run import NotStartedError, Plan

Start = Callable[..., Site]


def options(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    run.add_arguments(parser)
    return parser.parse_args(arguments)


def plan(store: Path, port: int) -> Plan:
    return Plan(store, demo=False, host="127.0.0.1", port=port, postgres=False)


def test_the_demo_city_and_ones_own_data_never_share_a_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIJKVEILIG_VAR", str(tmp_path / "ours"))

    stores = [run._store(options(*each)) for each in ([], ["--postgres"], ["--empty"], ["--empty", "--postgres"])]

    names = ["var/demo", "var/demo-postgres", "ours", "ours-postgres"]
    assert stores == [tmp_path / name for name in names]


def test_the_demo_city_never_goes_into_a_database_that_was_named_for_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIJKVEILIG_DATABASE_URL", "postgresql:///ours")
    own = plan(tmp_path, 1)
    demo = Plan(tmp_path, demo=True, host="127.0.0.1", port=1, postgres=False)

    assert run._environment(own)["WIJKVEILIG_DATABASE_URL"] == "postgresql:///ours"
    assert "WIJKVEILIG_DATABASE_URL" not in run._environment(demo)


def test_a_port_that_answers_is_refused_with_another_to_try(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(NotStartedError, match=rf"poort {port} antwoordt al .*--port {port + 1}"):
            run.refuse_taken_port(plan(tmp_path, port))


def test_a_free_port_is_not_refused(tmp_path: Path, free_port: int) -> None:
    run.refuse_taken_port(plan(tmp_path, free_port))  # raises NotStartedError when it refuses

    with socket.create_server(("127.0.0.1", free_port)) as ours:
        assert ours.getsockname()[1] == free_port, "asking must not have taken the port"


@pytest.mark.parametrize("text", ["0", "65536", "-1", "web"])
def test_what_is_no_port_is_a_wrong_call(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        options(f"--port={text}")

    assert f"'{text}' is geen poort" in capsys.readouterr().err


def test_an_address_of_another_machine_is_refused(tmp_path: Path, free_port: int) -> None:
    elsewhere = Plan(tmp_path, demo=False, host="192.0.2.1", port=free_port, postgres=False)

    with pytest.raises(NotStartedError, match="kan niet"):
        run.refuse_taken_port(elsewhere)


@pytest.mark.processes
@pytest.mark.slow
def test_a_killed_site_leaves_no_process_and_a_free_port_and_starts_again(
    start: Start, free_port: int, family: Callable[[int], set[int]]
) -> None:
    site = start("--empty", "--port", str(free_port))
    assert site.opens(within=120), site.lines
    assert get(free_port, "/-/ready")[0] == 200
    everyone = family(site.process.pid)
    assert len(everyone) >= 5  # parent, guard, server, its worker, job worker

    site.process.kill()
    site.process.wait()

    assert wait_for(lambda: not any(map(alive, everyone)), within=5)
    assert not answers(free_port)
    again = start("--empty", "--port", str(free_port))
    assert again.opens(within=120), again.lines


@pytest.mark.processes
@pytest.mark.slow
def test_a_second_run_on_the_same_store_says_who_has_it(start: Start, free_port: int) -> None:
    first = start("--empty", "--port", str(free_port))
    assert first.opens(within=120), first.lines

    second = start("--empty", "--port", str(free_port + 1))
    code = second.process.wait(timeout=60)

    assert code == 1
    assert len(second.lines) == 1
    assert f"http://localhost:{free_port}/ (proces {first.process.pid})" in second.lines[0]
    assert get(free_port, "/-/health")[0] == 200


@pytest.mark.processes
@pytest.mark.slow
def test_ctrl_c_ends_the_site_with_one_line_and_code_0(
    start: Start, free_port: int, family: Callable[[int], set[int]]
) -> None:
    site = start("--empty", "--port", str(free_port))
    assert site.opens(within=120), site.lines
    everyone = family(site.process.pid)

    site.process.send_signal(signal.SIGINT)
    code = site.process.wait(timeout=60)

    assert (code, site.lines[-1]) == (0, "Gestopt.")
    assert not any(map(alive, everyone))
    assert not answers(free_port)


@pytest.mark.processes
@pytest.mark.slow
def test_the_site_ends_as_a_whole_when_its_server_is_killed(
    start: Start, free_port: int, family: Callable[[int], set[int]]
) -> None:
    site = start("--empty", "--port", str(free_port))
    assert site.opens(within=120), site.lines
    everyone = family(site.process.pid)
    lines = [(each, Path(f"/proc/{each}/cmdline").read_bytes()) for each in everyone]
    server = min(each for each, line in lines if b"granian" in line)

    os.kill(server, signal.SIGKILL)
    code = site.process.wait(timeout=60)

    assert (code, site.lines[-1]) == (1, "De webserver is uitgevallen; alles is afgesloten.")
    assert not any(map(alive, everyone))
    assert not answers(free_port)


@pytest.mark.processes
@pytest.mark.slow
def test_the_demo_city_survives_a_kill_while_it_is_made_and_opens_a_second_time_within_five_seconds(
    start: Start, free_port: int, tmp_path: Path
) -> None:
    killed = start("--port", str(free_port))
    assert wait_for(lambda: any(tmp_path.glob("var/demo/GM*/raw/*")), within=60), killed.lines
    killed.process.kill()
    killed.process.wait()

    first = start("--port", str(free_port))
    assert first.opens(within=170), first.lines
    assert get(free_port, "/")[0] == 200
    first.process.send_signal(signal.SIGINT)
    first.process.wait(timeout=60)

    begin = time.monotonic()
    second = start("--port", str(free_port))

    assert second.opens(within=120), second.lines
    assert time.monotonic() - begin < 5
    for site in (first, second):
        assert len(site.lines) <= 20
        assert any("@" in line for line in site.lines)  # the demo accounts
        assert not any("GET /" in line or '"route"' in line for line in site.lines)
