package io.github.camelvoice.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks a name up; may wait, is called on threads made for that. */
@FunctionalInterface
public interface Resolver {

    /** The resolver of the platform. */
    Resolver SYSTEM = InetAddress::getAllByName;

    /** All addresses of the name, in order of preference, at least one. */
    InetAddress[] resolve(String name) throws UnknownHostException;
}
