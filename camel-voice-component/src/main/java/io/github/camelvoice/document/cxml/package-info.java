/** From cXML (TwiML, LaML) to instructions: XML read with JAXB, nothing fetched, everything bounded, each mistake with its place. */
package io.github.camelvoice.document.cxml;
