/**
 * One film of the queue: what it is, how far it is, and each step of its way. Tells its queue whatever changes.
 * @module sending/film
 */
import { left, Pace, size, speed } from "./words.js";
import { plain, Trouble } from "./house.js";
import { LOST, OTHER, OUT, UNCOMPARED, UNREADABLE } from "./sentences.js";

const PIECE_BYTES = 32 * 1024 * 1024;
const WAITS_MS = [0, 1000, 3000, 5000, 10000];
const AGAIN_MS = 15000;
const SILENT_MS = 45000;
const SAY_MS = 2000;
const LOOK_MS = 3000;
const ENDS = new Set(["rejected", "failed", "purging", "purged"]);

export class Film {
  state = "chosen";
  said = "";
  about = "";
  part = 0;
  sent = 0;
  lengthMs = /** @type {number|null} */ (null);
  recordingId = "";
  uploadUrl = "";
  digestUrl = "";
  filmUrl = "";
  beginUrl = "";
  caution = "";
  mayAgain = false;
  isLone = true;
  isWhole = false;
  turn = 0;
  refusals = 0;

  /** @param {File} file @param {any} queue @param {any} [half] a film of ours that is half here already */
  constructor(file, queue, half) {
    this.file = file;
    this.queue = queue;
    this.name = file.name || "Film";
    this.pace = new Pace();
    this.isKnown = Boolean(half);
    if (!half) return;
    Object.assign(this, { recordingId: half.id, beginUrl: half.beginUrl, filmUrl: half.filmUrl, sentName: half.name, about: half.about });
    this.sent = half.safe;
    this.part = this.share(half.safe);
  }

  /** @param {number} bytes */
  share(bytes) { return this.file.size ? (bytes / this.file.size) * 1000 : 0; }

  /** @param {string} state @param {string} [said] */
  become(state, said = "") {
    this.state = state;
    this.said = said;
    this.queue.changed(this);
  }

  /** The house expects this film, unless it says no. @param {Record<string, any>} facts */
  async expect(facts) {
    this.facts = facts;
    this.become("starting", "One moment.");
    await this.#guarded(async () => {
      await this.#announce();
      if (this.state === "starting") this.become(this.queue.isHeld ? "paused" : "line");
    }, "line");
  }

  /** Its turn has come. */
  async go() {
    const turn = ++this.turn;
    this.become("starting", "One moment.");
    this.mayAgain = false;
    await this.#guarded(async () => {
      if (this.facts?.custody === "shown_live") return this.#measure();
      this.digest ??= this.queue.hasher.of(this.file);
      if (this.isWhole) return this.#compare();
      if (!this.uploadUrl) await this.#announce();
      if (this.state === "starting" && turn === this.turn) this.#send();
    }, "lost");
  }

  /** What the work leads to; trouble becomes a state and a sentence. @param {() => Promise<void>|void} work @param {string} away */
  async #guarded(work, away) {
    try {
      await work();
    } catch (trouble) {
      if (!(trouble instanceof Trouble)) return this.become("refused", UNREADABLE);
      if (trouble.kind === "no") return this.refuse(trouble.message);
      if (trouble.kind === "out") return this.become("out", trouble.message || OUT);
      this.become(away, navigator.onLine ? "Attune cannot be reached just now. It is tried again by itself." : LOST);
      if (away === "lost") this.#later();
    }
  }

  /** @param {string} words */
  refuse(words) {
    this.part = 0;
    this.digest?.stop();
    this.digest = undefined;
    this.become("refused", words);
  }

  async #announce() {
    const about = { name: this.sentName ?? this.file.name, size: this.file.size };
    const asked = this.beginUrl ? [this.beginUrl, about] : [this.queue.addUrl, { ...this.facts, ...about }];
    const told = await this.queue.house.post(...asked);
    this.recordingId = told.recording_id;
    this.queue.remember(this);
    this.filmUrl = told.film_url;
    this.uploadUrl = told.upload_url;
    this.digestUrl = told.digest_url ?? "";
    this.beginUrl = this.queue.beginUrlOf(told.recording_id);
  }

  #send() {
    const upload = new window.tus.Upload(this.file, {
      uploadUrl: this.uploadUrl,
      chunkSize: PIECE_BYTES,
      retryDelays: WAITS_MS,
      storeFingerprintForResuming: false,
      onBeforeRequest: (asked) => asked.setHeader("X-CSRFToken", this.queue.house.token),
      onProgress: (sent) => upload === this.upload && this.#moved(sent),
      onShouldRetry: (error) => upload === this.upload && this.#mayRetry(error),
      onError: (error) => upload === this.upload && this.#broken(error),
      onSuccess: () => upload === this.upload && this.#arrived(),
    });
    this.upload = upload;
    this.pace = new Pace();
    this.become("sending", this.sent ? `${size(this.sent)} of ${size(this.file.size)} are safe already. It carries on from there.` : "It is on its way.");
    this.#watch();
    upload.start();
    this.#tell().catch((trouble) => this.#isOther(trouble));
  }

  /** A line that is silent for long is dropped and taken up again. */
  #watch() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.state === "sending" && this.again(), SILENT_MS);
  }

  /** @param {number} sent */
  #moved(sent) {
    this.#watch();
    this.refusals = 0;
    const pace = this.pace.note(sent);
    this.sent = sent;
    this.part = this.share(sent);
    this.secondsLeft = (this.file.size - sent) / pace;
    const now = performance.now();
    if (this.state === "sending" && now - (this.saidAt ?? 0) < SAY_MS) return this.queue.moved(this);
    this.saidAt = now;
    const parts = [`${size(sent)} of ${size(this.file.size)} sent`, pace > 0 ? speed(pace) : "", left(this.secondsLeft)];
    this.become("sending", parts.filter(Boolean).join(" · "));
  }

  /** @param {any} error */
  #mayRetry(error) {
    const status = error.originalResponse?.getStatus() ?? 0;
    if (status && status < 500 && ![409, 423, 429].includes(status)) return false;
    this.become("lost", status === 423 ? "What has arrived is safe. It carries on in some seconds." : LOST);
    return true;
  }

  /** @param {any} error */
  async #broken(error) {
    clearTimeout(this.silence);
    const status = error.originalResponse?.getStatus() ?? 0;
    if (!error.originalRequest || !(await this.#isReadable())) return this.refuse(UNREADABLE);
    if (!status || status >= 500 || [409, 423, 429].includes(status)) {
      this.become("lost", LOST);
      return this.#later();
    }
    const said = error.originalResponse.getBody();
    const isFinal = ++this.refusals > 2;
    if ([401, 403].includes(status) && !isFinal) return this.#guarded(async () => { await this.queue.house.renew(); this.#later(1000); }, "lost");
    if ([404, 410].includes(status) && !isFinal) return this.#guarded(async () => { await this.#announce(); this.sent = 0; this.#send(); }, "lost");
    this.refuse(plain(said ?? "", "Attune could not take this film. Please send it again."));
  }

  async #isReadable() {
    return this.file.slice(0, 1).arrayBuffer().then(() => true, () => false);
  }

  #later(ms = AGAIN_MS) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => ["lost", "sending"].includes(this.state) && this.again(), ms);
  }

  /** Dropped and taken up again from where it is safe. */
  async again() {
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    const upload = this.upload;
    this.upload = null;
    await upload?.abort().catch(() => {});
    this.go();
  }

  async pause() {
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    const upload = this.upload;
    this.upload = null;
    this.become("paused", "Paused. What has arrived is safe.");
    await upload?.abort().catch(() => {});
    await new Promise((done) => setTimeout(done, 700));
    const safe = this.uploadUrl ? await this.queue.house.safe(this.uploadUrl) : NaN;
    if (this.state !== "paused" || !Number.isFinite(safe)) return;
    this.sent = safe;
    this.part = this.share(safe);
    this.become("paused", `Paused. ${size(safe)} of ${size(this.file.size)} are safe. You can even close this page: choose the same film again and it carries on from there.`);
  }

  #arrived() {
    clearTimeout(this.silence);
    this.isWhole = true;
    this.sent = this.file.size;
    this.part = 1000;
    this.#guarded(() => this.#compare(), "lost");
  }

  /** The house knows the SHA-256 found here, at the second attempt if need be, and holds its own against it once all has arrived. */
  async #tell() {
    const address = this.digestUrl;
    if (this.toldTo === address) return;
    const sha256 = await this.digest.hex.catch(() => (this.digest = this.queue.hasher.of(this.file)).hex);
    await this.queue.house.compare(address, sha256);
    this.toldTo = address;
  }

  /** @param {any} trouble */
  #isOther(trouble) {
    if (trouble.kind !== "no" || this.state !== "sending") return;
    const upload = this.upload;
    this.upload = null;
    upload?.abort().catch(() => {});
    this.refuse(OTHER);
  }

  /** Both sides agree on every byte, or the card says what is not so. */
  async #compare() {
    this.become("checking", "All of it has arrived. It is compared with the film on your device.");
    this.caution = await this.#tell().then(() => "", (trouble) => this.#whyNot(trouble));
    this.queue.forget(this);
    if (this.caution) await this.#look();
    if (this.state !== "checking") return;
    this.part = 0;
    this.become("preparing", `${this.caution ? `All of it has arrived. ${this.caution}` : "Your film has arrived whole."} It is looked at and prepared now; you need not wait here.`);
    this.#follow();
  }

  /** What is said of a film that was not compared. Trouble "away" and "out" stay what they are. @param {any} trouble */
  #whyNot(trouble) {
    if (["away", "out"].includes(trouble.kind)) throw trouble;
    return trouble.kind === "no" ? trouble.message : UNCOMPARED;
  }

  /** How far its preparation is, until it is ready or turned down. */
  async #follow() {
    while (this.state === "preparing") {
      await new Promise((done) => setTimeout(done, LOOK_MS));
      if (document.visibilityState === "visible") await this.#look().catch((trouble) => this.#unseen(trouble));
    }
  }

  /** The card says what the house says of it now. */
  async #look() {
    const { state, words } = await this.queue.house.progress(this.filmUrl);
    if (ENDS.has(state)) return this.#turnedDown(words);
    const said = [words, this.caution].filter(Boolean).join(" ");
    if (state === "ready") return this.become("ready", said);
    if (state && this.state === "preparing" && said !== this.said) this.become("preparing", said);
  }

  /** @param {any} trouble */
  #unseen(trouble) {
    if (trouble.kind === "no") return this.refuse(trouble.message);
    if (trouble.kind === "out" && trouble.message && trouble.message !== this.said) this.become("preparing", trouble.message);
  }

  /** @param {string} words */
  #turnedDown(words) {
    Object.assign(this, { isWhole: false, part: 0, sent: 0, uploadUrl: "", mayAgain: words.includes("send it again") });
    this.become("unusable", words);
  }

  /** The film stays here; its day, length and SHA-256 are noted. */
  async #measure() {
    this.become("measuring", "Your device reads the film through. Nothing of it is sent.");
    this.digest ??= this.queue.hasher.of(this.file, (done) => {
      this.part = this.share(done);
      this.queue.moved(this);
    });
    const sha256 = await this.digest.hex;
    const told = await this.queue.house.post(this.queue.addUrl, { ...this.facts, sha256, length_ms: this.lengthMs ?? "" });
    Object.assign(this, { filmUrl: told.film_url, part: 0 });
    this.become("kept", "Its day, its length and its fingerprint are noted. The film itself has not left this device.");
  }
}
