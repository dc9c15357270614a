/**
 * Records a voice, or a face with it, in the browser. Knows no page: it tells its time and hands over what was said.
 * @module review/recorder
 */

const KINDS = {
  voice: { audio: { echoCancellation: true, noiseSuppression: true }, types: ["audio/webm;codecs=opus", "audio/mp4"] },
  webcam: {
    audio: { echoCancellation: true, noiseSuppression: true },
    video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 24 }, facingMode: "user" },
    types: ["video/webm;codecs=vp8,opus", "video/mp4"],
  },
};
const RATES = { audioBitsPerSecond: 64_000, videoBitsPerSecond: 700_000 };
const TICK_MS = 200;

/** Can this browser record? */
export const canRecord = () => Boolean(window.MediaRecorder && navigator.mediaDevices?.getUserMedia);

/** Tells "tick" while it goes on, "full" when its time is over. */
export class Recorder extends EventTarget {
  /** @type {Blob[]} */ #pieces = [];
  #spoken = 0;
  #since = 0;

  /** @param {MediaStream} stream @param {string} type @param {number} longestMs */
  constructor(stream, type, longestMs) {
    super();
    this.stream = stream;
    this.longestMs = longestMs;
    this.recorder = new MediaRecorder(stream, { mimeType: type, ...RATES });
    this.type = type.split(";")[0];
    this.recorder.addEventListener("dataavailable", (event) => event.data.size && this.#pieces.push(event.data));
    this.recorder.start(1000);
    this.#since = performance.now();
    this.timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** Asks for the microphone (and camera): only ever called by a press.
   * @param {"voice"|"webcam"} kind @param {number} longestMs */
  static async begin(kind, longestMs) {
    const { types, ...wanted } = KINDS[kind];
    const type = types.find((each) => MediaRecorder.isTypeSupported(each));
    if (!type) throw new DOMException("no type", "NotSupportedError");
    return new Recorder(await navigator.mediaDevices.getUserMedia(wanted), type, longestMs);
  }

  /** Milliseconds spoken so far; pauses do not count. */
  get ms() { return this.#spoken + (this.isPaused || this.recorder.state === "inactive" ? 0 : performance.now() - this.#since); }
  get isPaused() { return this.recorder.state === "paused"; }

  #tick() {
    this.dispatchEvent(new Event("tick"));
    if (this.ms >= this.longestMs) this.dispatchEvent(new Event("full"));
  }

  pause() {
    this.#spoken = this.ms;
    this.recorder.pause();
  }

  resume() {
    this.recorder.resume();
    this.#since = performance.now();
  }

  /** What was said; microphone and camera are let go. @returns {Promise<Blob>} */
  stop() {
    clearInterval(this.timer);
    return new Promise((told) => {
      const tell = () => {
        for (const track of this.stream.getTracks()) track.stop();
        told(new Blob(this.#pieces, { type: this.type }));
      };
      if (this.recorder.state === "inactive") return tell();
      this.recorder.addEventListener("stop", tell, { once: true });
      this.recorder.stop();
    });
  }
}
