/** The gateway: reads {@code voice.*} settings, opens HTTP, and runs the YAML routes of the jar and of the user on Camel Main. */
package io.github.camelvoice.gateway;
