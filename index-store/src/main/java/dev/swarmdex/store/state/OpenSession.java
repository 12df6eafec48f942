package dev.swarmdex.store.state;

import dev.swarmdex.store.Presence;
import dev.swarmdex.store.Session;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An open session with what it offers by name. Changed by the writer only. */
final class OpenSession {

    private final Map<String, Offer> offers = new ConcurrentHashMap<>(2);
    private volatile Session shown;

    OpenSession(long number, Presence presence, Instant since, long revision) {
        shown = new Session(number, presence, since, revision, 0);
    }

    long number() {
        return shown.number();
    }

    Presence presence() {
        return shown.presence();
    }

    Session shown() {
        return shown;
    }

    Map<String, Offer> offers() {
        return offers;
    }

    @Nullable
    Offer offer(String name) {
        return offers.get(name);
    }

    void add(Offer offer, long revision) {
        offers.put(offer.of().content().name(), offer);
        show(revision);
    }

    void remove(String name, long revision) {
        offers.remove(name);
        show(revision);
    }

    /** Comes after the change itself: who read the new revision sees the change, see {@link Session}. */
    private void show(long revision) {
        shown = new Session(shown.number(), shown.presence(), shown.since(), revision, offers.size());
    }
}
