/** Text made audible: by a program of this machine, by a server, or by whatever an application brings. */
package io.github.camelvoice.speech;
