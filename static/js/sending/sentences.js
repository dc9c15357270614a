/**
 * What a film of the queue says when something is not as it should be: what happened, what is safe, what to do next.
 * @module sending/sentences
 */
export const LOST = "The connection is lost. What has arrived is safe, and it carries on by itself.";
export const UNREADABLE = "This phone or computer does not give us the film any more. Choose the same film again and it carries on from there.";
export const OTHER = "This is another film than the half that is here, though it has the same name and size. Please choose the right one, or discard the half on its own page.";
export const UNCOMPARED = "It could not be compared with the film on your device, so please keep that one until you have watched this one through.";
export const OUT = "You have been signed out. Nothing is lost. Sign in in another tab, then come back: it carries on from there.";
