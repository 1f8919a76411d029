/** {@code VoiceEngine} wires the rooms, owns clock, timers, threads and ids, and can be used without Camel. */
package io.github.camelvoice.engine;
