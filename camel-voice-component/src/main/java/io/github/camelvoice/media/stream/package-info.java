/**
 * The live part: agents that own the streams of legs, and the stages that packets pass. Everything here is written by one agent's
 * thread alone, unless a class says otherwise.
 */
package io.github.camelvoice.media.stream;
