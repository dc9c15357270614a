/**
 * Sends a file with the official tus-js-client, as the words on standard input say, and prints what happened as JSON.
 *
 *   {file, lastBytes, stopAt, ...options of tus.Upload}
 *
 * `lastBytes`: so many bytes go in a last call of their own, whose duration is told as `lastMs`.
 * `stopAt`: the sender gives up (exit, no farewell) once so many bytes were sent.
 * `terminate`: nothing is sent, the upload at `uploadUrl` is ended.
 */
import { createReadStream, statSync } from "node:fs";
import { text } from "node:stream/consumers";
import { Upload } from "tus-js-client";

const { file, lastBytes, stopAt, terminate, ...options } = JSON.parse(await text(process.stdin));
const uploadSize = statSync(file).size;
const asked = [];
const begun = performance.now();
let called = begun;
let answered = begun;

const say = (facts) => {
  const seconds = (performance.now() - begun) / 1000;
  console.log(JSON.stringify({ ok: false, url: upload.url, seconds, lastMs: answered - called, asked, ...facts }));
};

const upload = new Upload(createReadStream(file), {
  chunkSize: lastBytes ? uploadSize - lastBytes : Infinity,
  retryDelays: null,
  storeFingerprintForResuming: false,
  ...options,
  uploadSize,
  onBeforeRequest: () => {
    called = performance.now();
  },
  onAfterResponse: (request, answer) => {
    answered = performance.now();
    asked.push(`${request.getMethod()} ${answer.getStatus()}`);
  },
  onProgress: (bytes) => {
    if (bytes >= (stopAt ?? Infinity)) process.exit(say({}));
  },
  onError: (error) => {
    const answer = error.originalResponse;
    say({ status: answer?.getStatus() ?? 0, words: answer?.getBody() ?? String(error) });
  },
  onSuccess: () => say({ ok: true }),
});
if (terminate) {
  const ended = Upload.terminate(options.uploadUrl, options);
  ended.then(() => say({ ok: true }), (error) => say({ words: String(error) }));
} else upload.start();
