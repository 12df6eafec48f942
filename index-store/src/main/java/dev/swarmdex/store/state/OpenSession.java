package dev.swarmdex.store.state;

import dev.swarmdex.store.Presence;
import dev.swarmdex.store.Session;
import java.time.Instant;

/**
 * An open session with the mappings that it has, found by name. Changed by the writer only, and read as
 * {@link OpenMappings} says.
 */
final class OpenSession {

    private final long number;
    private final int row;
    private final OpenOffers offers;
    private final OpenContents contents;
    private HashIndex byName;
    private int expected;
    private volatile Session shown;

    OpenSession(long number, Presence presence, Instant since, long revision, OpenOffers offers,
            OpenContents contents) {
        this.number = number;
        this.row = offers.sessionRow();
        this.offers = offers;
        this.contents = contents;
        byName = byName(0);
        shown = new Session(number, presence, since, revision, 0);
    }

    long number() {
        return number;
    }

    /** Its row in {@link OpenOffers}. */
    int row() {
        return row;
    }

    Presence presence() {
        return shown.presence();
    }

    Session shown() {
        return shown;
    }

    int mappings() {
        return byName.size();
    }

    /** The row of the mapping of that name, or {@link HashIndex#NONE}. */
    int offer(String name) {
        return byName.find(new Named(ContentKey.name(name)));
    }

    /** The rows of all its mappings. */
    int[] all() {
        return byName.toArray();
    }

    /** One more mapping will be added after {@link #makeRoom}. */
    void expect() {
        expected++;
    }

    /** Makes room for the mappings that are expected. */
    void makeRoom() {
        byName = byName(expected);
    }

    void add(int offer) {
        byName.add(offer);
    }

    void remove(int offer) {
        byName.remove(offer);
    }

    /** Comes after the change itself: who read the new revision sees the change, see {@link Session}. */
    void show(long revision) {
        shown = new Session(number, shown.presence(), shown.since(), revision, mappings());
    }

    private HashIndex byName(int room) {
        return new HashIndex(offer -> contents.nameHash(offers.content(offer)), room);
    }

    private final class Named implements HashIndex.Key {

        private final byte[] name;

        Named(byte[] name) {
            this.name = name;
        }

        @Override
        public int hash() {
            return Bytes.hash(name, 0, name.length);
        }

        @Override
        public boolean isOf(int offer) {
            return contents.hasName(offers.content(offer), name);
        }
    }
}
