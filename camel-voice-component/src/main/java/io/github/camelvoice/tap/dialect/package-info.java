/**
 * The media dialects that servers of voice bots speak over WebSockets, one class each: what is said to them, and what is understood of what
 * they say. Messages have the names, the order and the types that the vendors publish (docs/tap-protocols.md names the texts). Nothing
 * here knows sockets.
 */
package io.github.camelvoice.tap.dialect;
