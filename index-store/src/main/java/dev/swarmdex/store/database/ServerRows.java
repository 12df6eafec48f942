package dev.swarmdex.store.database;

import dev.swarmdex.store.state.Numbers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The rows that the servers of one database share about themselves. */
final class ServerRows {

    private final Handle handle;

    ServerRows(Handle handle) {
        this.handle = handle;
    }

    /**
     * What the last committed batch left: its moment, and the numbers that are taken.
     *
     * @param forgotten what ended up to then may have been deleted
     */
    record LastBatch(Instant moment, Numbers numbers, Instant forgotten) {}

    /** A new server's number. */
    long add() {
        return handle.createQuery("insert into index_server (seen) values (clock_timestamp()) returning number")
                .mapTo(Long.class).one();
    }

    /** Says that the server lives; puts its row back if others took it for dead. */
    void seen(long server) {
        handle.createUpdate("""
                insert into index_server (number, seen) values (:server, clock_timestamp())
                on conflict (number) do update set seen = excluded.seen, stopped = false""")
                .bind("server", server).execute();
    }

    /** Says that the server stops. */
    void stopped(long server) {
        handle.createUpdate("update index_server set stopped = true where number = :server")
                .bind("server", server).execute();
    }

    /** Whether others take the server for running. */
    boolean isKnown(long server) {
        return handle.createQuery("select exists (select 1 from index_server where number = :server)")
                .bind("server", server).mapTo(Boolean.class).one();
    }

    /**
     * The servers that stopped, or that the database has not heard of for that long; the time that the database itself was away
     * does not count. By the database's clock only: those of the servers may differ.
     */
    List<Long> gone(Duration silence, long except) {
        return handle.createQuery("""
                select number from index_server where number <> :except and (stopped
                or greatest(seen, pg_postmaster_start_time()) < clock_timestamp() - :silence * interval '1 millisecond')
                order by number""")
                .bind("except", except).bind("silence", silence.toMillis()).mapTo(Long.class).list();
    }

    /** Gives the sessions of servers that are gone to this one, and forgets those servers. The result is the sessions. */
    List<Long> adopt(Collection<Long> gone, long server, Instant moment) {
        List<Long> sessions = handle.createQuery("""
                update session_keeper set server = :server, moment = :moment where server = any(:gone)
                returning session""")
                .bind("server", server).bind("moment", Times.bind(moment)).bindArray("gone", Long.class, gone)
                .mapTo(Long.class).list();
        handle.createUpdate("delete from index_server where number = any(:gone)")
                .bindArray("gone", Long.class, gone).execute();
        return sessions;
    }

    /** What the last committed batch left. */
    LastBatch lastBatch() {
        return handle.createQuery("select moment, content, peer, session, mapping, download, forgotten from last_batch")
                .map((row, _) -> lastBatch(row)).one();
    }

    /**
     * The same, once it is this transaction's turn, which lasts until its end. A lock on a row and not an advisory one: that
     * anyone could take who may connect, even a console that may only read.
     */
    LastBatch takeTurn() {
        return handle.createQuery("""
                select moment, content, peer, session, mapping, download, forgotten from last_batch for update""")
                .map((row, _) -> lastBatch(row)).one();
    }

    /** Notes what this batch leaves. */
    void endTurn(Numbers numbers, Instant moment) {
        handle.createUpdate("""
                update last_batch set moment = :moment, content = :content, peer = :peer, session = :session,
                mapping = :mapping, download = :download""")
                .bind("moment", Times.bind(moment)).bind("content", numbers.content()).bind("peer", numbers.peer())
                .bind("session", numbers.session()).bind("mapping", numbers.mapping())
                .bind("download", numbers.download()).execute();
    }

    /** Notes that what ended before that moment is deleted; nothing that did can have ended after the last batch. */
    void forgot(Instant oldest) {
        handle.createUpdate("update last_batch set forgotten = greatest(forgotten, least(moment, :oldest))")
                .bind("oldest", Times.bind(oldest)).execute();
    }

    /** Notes that the server keeps these sessions' leases. */
    void keep(Collection<Long> sessions, long server, Instant moment) {
        handle.createUpdate("""
                insert into session_keeper (session, server, moment)
                select session, :server, :moment from unnest(:sessions) as kept (session)
                on conflict (session) do update set server = excluded.server, moment = excluded.moment""")
                .bindArray("sessions", Long.class, sessions).bind("server", server)
                .bind("moment", Times.bind(moment)).execute();
    }

    /** Forgets who kept these sessions' leases. */
    void end(Collection<Long> sessions) {
        handle.createUpdate("delete from session_keeper where session = any(:sessions)")
                .bindArray("sessions", Long.class, sessions).execute();
    }

    /** The keepers of the sessions that got one after that moment. */
    Map<Long, Long> keepersAfter(Instant moment) {
        return handle.createQuery("select session, server from session_keeper where moment > :moment")
                .bind("moment", Times.bind(moment))
                .map((row, _) -> Map.entry(row.getLong("session"), row.getLong("server")))
                .list().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static LastBatch lastBatch(ResultSet row) throws SQLException {
        return new LastBatch(Times.read(row, "moment"), new Numbers(row.getLong("content"), row.getLong("peer"),
                row.getLong("session"), row.getLong("mapping"), row.getLong("download")), Times.read(row, "forgotten"));
    }
}
