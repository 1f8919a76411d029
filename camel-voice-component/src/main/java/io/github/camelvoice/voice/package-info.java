/**
 * The Camel component {@code voice}: endpoints, thin producers and consumers, and what Camel needs around them. Nothing here
 * decides about a call by itself: routes do, and the call room carries it out.
 */
package io.github.camelvoice.voice;
