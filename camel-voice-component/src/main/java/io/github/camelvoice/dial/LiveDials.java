package io.github.camelvoice.dial;

import io.github.camelvoice.call.spi.PlaySource;

/** Dials on the calls of an engine. */
public final class LiveDials implements Dials {

    private final DialServices services;

    public LiveDials(DialServices services) {
        this.services = services;
    }

    @Override
    public Dial start(DialPlan plan, DialListener listener) {
        String country = plan.side().ringTone();
        PlaySource tone = country == null ? null : services.tones().of(country);
        if (country != null && tone == null) {
            throw new IllegalArgumentException("there is no ringing tone of " + country);
        }
        LiveDial dial = new LiveDial(services, plan.spread(services.calls()), listener, tone);
        dial.start();
        return dial;
    }
}
