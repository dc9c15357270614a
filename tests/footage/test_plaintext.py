"""The search for film in the clear finds it where it lies, and says nothing where it does not."""

import os
import subprocess
import sys
from pathlib import Path

from tests.footage import films
from tests.footage.plaintext import Search, needles_of, watched

FILM = os.urandom(100_000)


def test_needles_come_from_all_over_the_film():
    needles = needles_of(FILM)

    assert len(set(needles)) == 8
    assert sorted(needles, key=FILM.index) == needles


def test_film_is_found_in_a_folder_even_across_a_block(tmp_path):
    search = Search(tmp_path, needles_of(FILM))
    (tmp_path / "deep").mkdir()
    assert search.look(near=True) == set()

    (tmp_path / "deep" / "left").write_bytes(bytes(4 * 1024 * 1024 - 50_000) + FILM)

    assert {hit.partition(":")[0] for hit in search.look(near=True)} == {f"{tmp_path}/deep/left"}
    assert len(search.hits) == 8


def test_what_our_ffmpeg_makes_is_found_without_knowing_it(tmp_path):
    search = Search(tmp_path)
    (tmp_path / "made.mp4").write_bytes(films.landscape().read_bytes())

    assert search.look(near=True)


def test_film_in_an_open_file_without_a_name_is_found_and_memory_is_not(tmp_path):
    code = f"""
import os, sys
data = sys.stdin.buffer.read({len(FILM)})
gone = open({str(tmp_path / "gone")!r}, "wb"); gone.write(data); gone.flush(); os.unlink(gone.name)
memory = os.memfd_create("film"); os.write(memory, data)
print("here", flush=True)
sys.stdin.read()
"""
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    child.stdin.write(FILM)
    child.stdin.flush()
    child.stdout.readline()
    search = Search(tmp_path, needles_of(FILM))

    with watched(search, lambda: [child.pid], pause=0.1):
        pass
    child.communicate()

    assert {hit.rpartition(": ")[0] for hit in search.hits} == {
        f"{child.pid}:{tmp_path / 'gone'} (deleted)"
    }
    assert not Path(tmp_path / "gone").exists()
