/** SIP: signalling legs over JAIN-SIP. This room alone, with the rooms below it, imports {@code javax.sip} and {@code gov.nist}. */
package io.github.camelvoice.sip;
