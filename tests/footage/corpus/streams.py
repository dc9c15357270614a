"""Films with strange companions: many tracks, no picture, covers, codecs we do not take."""

from collections.abc import Iterator

from tests.footage.corpus import bases
from tests.footage.corpus.bases import H264, PICTURE, SOUND, made

NOT_OURS = {
    "ffv1.mkv": ("-c:v", "ffv1"),
    "huffyuv.avi": ("-c:v", "huffyuv", "-pix_fmt", "yuv422p"),
    "magicyuv.avi": ("-c:v", "magicyuv", "-pix_fmt", "yuv420p"),
    "utvideo.mkv": ("-c:v", "utvideo", "-pix_fmt", "yuv420p"),
    "raw.avi": ("-c:v", "rawvideo", "-pix_fmt", "yuv420p"),
    "png.mov": ("-c:v", "png"),
    "animation.mov": ("-c:v", "qtrle"),
    "cinepak.avi": ("-c:v", "cinepak", "-vf", "scale=160:120"),
    "jpeg2000.mov": ("-c:v", "jpeg2000"),
    "flash.mkv": ("-c:v", "flv1"),
    "wmv2.avi": ("-c:v", "wmv2"),
    "snow.avi": ("-c:v", "snow", "-strict", "-2"),
    "theora.mkv": ("-c:v", "libtheora"),
}
NOT_OUR_FORMATS = {
    "film.flv": ("-c:v", "flv1", "-ar", "44100"),
    "film.wmv": ("-c:v", "wmv2", "-f", "asf"),
    "film.ogv": ("-c:v", "libtheora"),
    "film.gif": ("-an",),
    "film.apng": ("-an", "-f", "apng"),
    "film.nut": ("-c:v", "mpeg4", "-f", "nut"),
    "film.mxf": ("-c:v", "mpeg2video", "-an", "-f", "mxf"),
    "film.y4m": ("-an", "-pix_fmt", "yuv420p"),
    "film.swf": ("-c:v", "flv1", "-ar", "44100", "-f", "swf"),
    "film.dv": ("-target", "pal-dv"),
}


def _sound() -> Iterator[tuple[str, bytes]]:
    cover = ("-f", "lavfi", "-i", "color=s=160x120:d=0.04:r=25")
    attached = ("-map", "0:a", "-map", "1:v", "-c:v", "mjpeg", "-disposition:v:0", "attached_pic")
    yield "memo.m4a", bases.sound()
    yield "memo.mp4", made("memo.mp4", *SOUND, "-c:a", "aac")
    yield "memo.webm", made("memo.webm", *SOUND, "-c:a", "libopus")
    yield "memo.mp3", made("memo.mp3", *SOUND)
    yield "memo.wav", made("memo.wav", *SOUND)
    yield "cover.m4a", made("cover.m4a", *SOUND, *cover, "-c:a", "aac", *attached)
    yield "cover.mp3", made("cover.mp3", *SOUND, *cover, *attached)
    text = bases.FOLDER / "words.srt"
    text.write_text("1\n00:00:00,000 --> 00:00:01,000\nHello\n")
    yield "words.mp4", made("words.mp4", "-i", str(text), "-c:s", "mov_text")
    yield "words.mkv", made("words.mkv", "-i", str(text), "-c:s", "srt")


def _codecs() -> Iterator[tuple[str, bytes]]:
    for name, words in NOT_OURS.items():
        yield name, made(name, *PICTURE, *words)
    yield "strange-sound.mkv", made("strange.mkv", *PICTURE, *SOUND, *H264, "-c:a", "wmav2")


def _formats() -> Iterator[tuple[str, bytes]]:
    for name, words in NOT_OUR_FORMATS.items():
        yield name, made(name, *PICTURE, *SOUND, *words)


def _companions() -> Iterator[tuple[str, bytes]]:
    film = bases.FOLDER / "whole.mp4"
    film.write_bytes(bases.front())
    letter = bases.FOLDER / "letter.ttf"
    letter.write_bytes(bytes(range(256)) * 400)
    text = bases.FOLDER / "said.srt"
    text.write_text("1\n00:00:00,000 --> 00:00:01,000\n<script>alert(1)</script>\n")
    attached = ("-attach", str(letter), "-metadata:s:t", "mimetype=application/x-truetype-font")
    yield "attached.mkv", made("attached.mkv", "-i", str(film), "-c", "copy", *attached)
    clock = ("-timecode", "01:00:00:00")
    yield "clock.mov", made("clock.mov", "-i", str(film), "-c", "copy", *clock)
    words = ("-i", str(film), "-i", str(text), "-c", "copy", "-c:s", "mov_text")
    yield "said.mp4", made("said.mp4", *words)
    yield "said.mkv", made("said.mkv", *words[:-2])
    two = ("-map", "0", "-map", "1", "-map", "2", *H264)
    yield "two-pictures.mp4", made("two.mp4", *PICTURE, *PICTURE, *SOUND, *two)
    yield "cover-first.mp4", _cover_first()
    placed = ("-metadata", "location=+52.5739-000.2431/", "-metadata", "title=Robin at home")
    yield "placed.mp4", made("placed.mp4", "-i", str(film), "-c", "copy", *placed)


def _cover_first() -> bytes:
    cover = ("-f", "lavfi", "-i", "color=s=64x64:d=0.04:r=25")
    order = ("-map", "0:v", "-map", "1:v", "-c:v:0", "mjpeg", "-disposition:v:0", "attached_pic")
    return made("cover-first.mp4", *cover, *PICTURE, *order, "-c:v:1", "libx264")


def _thousands() -> Iterator[tuple[str, bytes]]:
    film = bases.FOLDER / "whole.mp4"
    film.write_bytes(bases.front())
    chapters = bases.FOLDER / "chapters.txt"
    lines = (
        f"[CHAPTER]\nTIMEBASE=1/1000\nSTART={at}\nEND={at + 1}\ntitle={at}\n" for at in range(5000)
    )
    chapters.write_text(";FFMETADATA1\n" + "".join(lines))
    given = (
        "-i",
        str(film),
        "-f",
        "ffmetadata",
        "-i",
        str(chapters),
        "-map_metadata",
        "1",
        "-c",
        "copy",
    )
    yield "chapters.mkv", made("chapters.mkv", *given)
    yield "chapters.mp4", made("chapters.mp4", *given)
    many = ("-i", str(film), *("-map", "0:a") * 400, "-map", "0:v", "-c", "copy")
    yield "sounds.mkv", made("sounds.mkv", *many)
    few = ("-i", str(film), *("-map", "0:a") * 24, "-map", "0:v", "-c", "copy")
    yield "sounds-24.mp4", made("sounds-24.mp4", *few)
    letter = bases.FOLDER / "small.bin"
    letter.write_bytes(b"x")
    attached = [
        word
        for at in range(300)
        for word in ("-attach", str(letter), f"-metadata:s:t:{at}", "mimetype=a/b")
    ]
    yield "attachments.mkv", made("attachments.mkv", "-i", str(film), "-c", "copy", *attached)


KINDS = (
    ("streams: sound only", "no picture, not a film", lambda: dict(_sound())),
    (
        "streams: codecs we do not take",
        "unknown way of keeping it, not a film",
        lambda: dict(_codecs()),
    ),
    ("streams: formats we do not take", "not a film", lambda: dict(_formats())),
    ("streams: companions", "ready", lambda: dict(_companions())),
    ("streams: thousands", "ready", lambda: dict(_thousands())),
)
