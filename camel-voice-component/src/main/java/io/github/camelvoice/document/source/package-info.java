/** Text as a tree in which everything has its place: JSON by Jackson, YAML by the events of SnakeYAML Engine. */
package io.github.camelvoice.document.source;
