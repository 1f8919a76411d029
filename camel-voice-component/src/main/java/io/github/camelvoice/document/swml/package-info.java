/** SWML: the syntax of documents with sections of methods, in JSON or YAML. */
package io.github.camelvoice.document.swml;
