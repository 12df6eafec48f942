package dev.swarmdex.store.state;

import dev.swarmdex.store.Content;
import dev.swarmdex.store.Presence;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session as it will be after the changes planned so far: what is open, and on top of it what the batch changes. */
final class PlannedSession {

    private final long number;
    private final Presence presence;
    private final OpenMappings before;
    private final @Nullable OpenSession open;
    private final Map<String, Optional<Offered>> changed = new HashMap<>();
    private int mappings;
    private boolean ended;

    /** A content that the session offers, by the number of its mapping. */
    record Offered(long mapping, Content content) {}

    /** A session that the batch opens. */
    PlannedSession(long number, Presence presence, OpenMappings before) {
        this.number = number;
        this.presence = presence;
        this.before = before;
        this.open = null;
    }

    /** A session that was open before. */
    PlannedSession(OpenSession open, OpenMappings before) {
        this.number = open.number();
        this.presence = open.presence();
        this.before = before;
        this.open = open;
        this.mappings = open.mappings();
    }

    long number() {
        return number;
    }

    Presence presence() {
        return presence;
    }

    int mappings() {
        return mappings;
    }

    boolean ended() {
        return ended;
    }

    void end() {
        ended = true;
    }

    @Nullable
    Offered offered(String name) {
        Optional<Offered> planned = changed.get(name);
        if (planned != null) {
            return planned.orElse(null);
        }
        return open == null ? null : before.offered(open, name);
    }

    void add(Offered offered) {
        changed.put(offered.content().name(), Optional.of(offered));
        mappings++;
    }

    void remove(String name) {
        changed.put(name, Optional.empty());
        mappings--;
    }
}
