/** Who is watched by others: the state of our calls, of our registered users, and whatever routes publish, told to those who subscribe. */
package io.github.camelvoice.notifier;
