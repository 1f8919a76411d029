package io.github.camelvoice.media.stream;

/**
 * What becomes of the audio that a leg receives: it goes to a peer, back to the far end, or nowhere. Both legs of a bridge live on
 * one agent as long as it lasts; that agent alone comes here.
 */
final class Junction {

    private final LegStream leg;
    private LegStream peer;
    private LegStream wish;
    private boolean echoing;
    private Link link;

    Junction(LegStream leg) {
        this.leg = leg;
    }

    void echo(boolean on) {
        if (echoing == on) {
            return;
        }
        wish = null;
        part();
        echoing = on;
        relink();
        leg.pace(now());
    }

    /** Asks the other leg over to our agent, and joins it there. */
    void bridge(LegStream other) {
        if (peer == other) {
            return;
        }
        wish = other;
        MediaAgent here = leg.agent();
        other.execute(() -> {
            other.moveTo(here);
            other.execute(() -> {
                // taken back, or on the move again, meanwhile
                if (other.agent() == here && leg.agent() == here && wish == other && !other.closed()) {
                    join(other);
                }
            });
        });
    }

    private void join(LegStream other) {
        part();
        other.junction().part();
        wish = null;
        peer = other;
        other.junction().peer = leg;
        leg.sender().play(null);
        other.sender().play(null);
        renew();
        leg.pace(now());
        other.pace(now());
    }

    void unbridge() {
        wish = null;
        if (peer != null) {
            part();
            leg.pace(now());
        }
    }

    /** Takes a bridge or an echo apart: both sides go on by themselves. */
    void part() {
        LegStream other = peer;
        peer = null;
        echoing = false;
        cut();
        if (other != null) {
            other.junction().peer = null;
            other.junction().cut();
            other.pace(now());
        }
    }

    private void cut() {
        link = null;
        leg.receiver().link(null);
        leg.sender().fed(false, 0);
    }

    /** A codec may have changed: the links of both directions are made to fit. */
    void renew() {
        relink();
        if (peer != null) {
            peer.junction().relink();
        }
    }

    private void relink() {
        LegStream target = echoing ? leg : peer;
        Agreement from = leg.agreed();
        Agreement to = target == null ? null : target.agreed();
        if (from == null || to == null) {
            link = null;
        } else if (!Link.possible(from.codec(), to.codec())) {
            link = null;
            leg.log().warn("no audio goes on: " + from.codec() + " cannot be turned into " + to.codec() + " here");
        } else if (link == null || !link.joins(from, to)) {
            link = new Link(target.sender(), from, to, leg.agent().scratch());
        }
        leg.receiver().link(link);
        if (target != null) {
            target.sender().fed(link != null, now());
        }
    }

    private long now() {
        return leg.agent().clock().nanos();
    }
}
