/** Who may use the gateway's APIs: accounts with tokens, projects and permissions, and what is done against those who guess. Knows no HTTP routes. */
package io.github.camelvoice.gateway.access;
