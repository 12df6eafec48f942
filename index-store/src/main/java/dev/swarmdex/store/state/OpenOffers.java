package dev.swarmdex.store.state;

import dev.swarmdex.store.Source;
import dev.swarmdex.store.TreeSearch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** The open mappings, each in a row of its own: its number, since when, and the rows of its content and its session. */
final class OpenOffers {

    /** The number of a row that is free. */
    private static final long ENDED = -1;

    private final Rows rows = new Rows();
    private final LongColumn numbers = new LongColumn();
    /** In microseconds, as the database keeps them. */
    private final LongColumn since = new LongColumn();
    private final IntColumn contents = new IntColumn();
    private final IntColumn sessions = new IntColumn();
    private final Rows sessionRows = new Rows();
    private final List<@Nullable OpenSession> sessionOf = new ArrayList<>();

    int size() {
        return rows.taken();
    }

    int add(long number, int content, OpenSession session, Instant from) {
        int row = rows.take();
        numbers.set(row, number);
        since.set(row, ChronoUnit.MICROS.between(Instant.EPOCH, from));
        contents.set(row, content);
        sessions.set(row, session.row());
        return row;
    }

    void remove(int row) {
        numbers.set(row, ENDED);
        rows.giveBack(row);
    }

    long number(int row) {
        return numbers.get(row);
    }

    int content(int row) {
        return contents.get(row);
    }

    OpenSession session(int row) {
        return requireNonNull(sessionOf.get(sessions.get(row)));
    }

    /** Whether the row is of a mapping of that session, and not of another one by now. */
    boolean isOf(int row, OpenSession session) {
        return number(row) != ENDED && sessionOf.get(sessions.get(row)) == session;
    }

    /** The order of a content's mappings, of which a session has one at most. */
    long sessionNumber(int row) {
        return session(row).number();
    }

    Source source(int row) {
        OpenSession session = session(row);
        var presence = session.presence();
        return new Source(session.number(), presence.peer(), presence.via(),
                Instant.EPOCH.plus(since.get(row), ChronoUnit.MICROS), presence.endpoints());
    }

    /** Shows the session and since when it offers that; the result is the receiver's. */
    boolean show(int row, TreeSearch.Receiver receiver) {
        OpenSession session = session(row);
        return receiver.source(session.number(), session.presence(), since.get(row));
    }

    /** Reads what {@link #show} needs; the result says nothing, see {@link TreeSearch}. */
    long touch(int row) {
        return sessions.get(row) + since.get(row);
    }

    /** A row for a session that is about to open. */
    int sessionRow() {
        return sessionRows.take();
    }

    void addSession(OpenSession session) {
        while (sessionOf.size() <= session.row()) {
            sessionOf.add(null);
        }
        sessionOf.set(session.row(), session);
    }

    /** Removes a session that has no mappings any more. */
    void removeSession(OpenSession session) {
        sessionOf.set(session.row(), null);
        sessionRows.giveBack(session.row());
    }
}
