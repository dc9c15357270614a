/**
 * The second window of a shared review.
 * @module board/second
 */
import { follow } from "./notes.js";

const root = /** @type {HTMLElement|null} */ (document.querySelector("[data-guide]"));
if (root) follow(root);
