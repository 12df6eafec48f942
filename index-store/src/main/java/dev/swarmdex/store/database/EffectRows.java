package dev.swarmdex.store.database;

import dev.swarmdex.store.Content;
import dev.swarmdex.store.state.Effect;
import dev.swarmdex.store.state.Effect.ContentAdded;
import dev.swarmdex.store.state.Effect.DownloadRecorded;
import dev.swarmdex.store.state.Effect.MappingEnded;
import dev.swarmdex.store.state.Effect.MappingOpened;
import dev.swarmdex.store.state.Effect.PeerAdded;
import dev.swarmdex.store.state.Effect.SessionEnded;
import dev.swarmdex.store.state.Effect.SessionOpened;
import dev.swarmdex.store.state.Effect.SwarmsChanged;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Writes effects as rows, one prepared batch for each kind of row, so that the round trips don't grow with the batch.
 * The kinds that there are many of go as columns, in one statement, which saves both databases the work that they have
 * with each statement. Kinds go in the order of their references. A mapping that opens and ends in one batch is
 * inserted and then updated; a session's end comes last, and ends what is still open of it.
 */
final class EffectRows {

    private final Handle handle;
    private final List<Effect> effects;

    EffectRows(Handle handle, List<Effect> effects) {
        this.handle = handle;
        this.effects = effects;
    }

    void write() {
        each(PeerAdded.class, "insert into peer (number, via, name) values (:number, :via, :name)",
                (row, peer) -> row.bind("number", peer.number()).bind("via", peer.via()).bind("name", peer.name())
                        .add());
        addContents(all(ContentAdded.class));
        each(SessionOpened.class, """
                insert into session (number, peer, session_key, host, since)
                values (:number, :peer, :key, :host, :since)""", EffectRows::add);
        each(SessionOpened.class, "insert into session_identity (session, digest) values (:session, :digest)",
                EffectRows::addIdentity);
        each(SessionOpened.class, """
                insert into endpoint (session, position, scheme, host, port)
                values (:session, :position, :scheme, :host, :port)""", EffectRows::addEndpoints);
        all(MappingOpened.class).stream().collect(Collectors.groupingBy(MappingOpened::since))
                .forEach(this::openMappings);
        each(MappingEnded.class, "update mapping set until = :until, ended_by = :reason where number = :number",
                (row, ended) -> row.bind("number", ended.number()).bind("until", Times.bind(ended.until()))
                        .bind("reason", text(ended.reason())).add());
        each(SessionEnded.class, """
                update mapping set until = :until, ended_by = :reason where session = :session and until is null""",
                EffectRows::addEnd);
        each(SessionEnded.class, "update session set until = :until, ended_by = :reason where number = :session",
                EffectRows::addEnd);
        each(DownloadRecorded.class, """
                insert into download (number, content, peer, source, bytes, seconds, finished_at, result)
                values (:number, :content, :peer, :source, :bytes, :seconds, :finishedAt, :result)""",
                EffectRows::add);
        for (Effect effect : effects) {
            if (effect instanceof SwarmsChanged changed) {
                new SwarmRows(handle).write(changed.changes(), changed.moment());
            }
        }
    }

    private <E extends Effect> void each(Class<E> kind, String sql, BiConsumer<PreparedBatch, E> add) {
        List<E> all = all(kind);
        if (!all.isEmpty()) {
            RowBatch.write(handle, sql, batch -> all.forEach(effect -> add.accept(batch, effect)));
        }
    }

    private <E extends Effect> List<E> all(Class<E> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void addContents(List<ContentAdded> added) {
        if (added.isEmpty()) {
            return;
        }
        var contents = added.stream().map(ContentAdded::content).toList();
        handle.createUpdate("""
                insert into content (number, name, content_id, size)
                select w.number, w.name, w.content_id, w.size
                from unnest(:numbers, :names, :ids, :sizes) as w (number, name, content_id, size)""")
                .bindArray("numbers", Long.class, added.stream().map(ContentAdded::number).toList())
                .bindArray("names", String.class, contents.stream().map(Content::name).toList())
                .bindArray("ids", String.class, contents.stream().map(content -> content.id().orElse(null)).toList())
                .bindArray("sizes", Long.class, contents.stream().map(Content::size).toList())
                .execute();
    }

    private void openMappings(Instant since, List<MappingOpened> opened) {
        handle.createUpdate("""
                insert into mapping (number, content, session, since)
                select w.number, w.content, w.session, cast(:since as timestamp(6) with time zone)
                from unnest(:numbers, :contents, :sessions) as w (number, content, session)""")
                .bindArray("numbers", Long.class, opened.stream().map(MappingOpened::number).toList())
                .bindArray("contents", Long.class, opened.stream().map(MappingOpened::contentNumber).toList())
                .bindArray("sessions", Long.class, opened.stream().map(MappingOpened::session).toList())
                .bind("since", Times.bind(since))
                .execute();
    }

    private static void add(PreparedBatch row, SessionOpened opened) {
        var presence = opened.presence();
        row.bind("number", opened.number()).bind("peer", opened.peer()).bind("key", presence.key())
                .bind("host", presence.host()).bind("since", Times.bind(opened.since())).add();
    }

    private static void addIdentity(PreparedBatch row, SessionOpened opened) {
        String digest = opened.presence().identity().digest();
        if (!digest.isEmpty()) {
            row.bind("session", opened.number()).bind("digest", digest).add();
        }
    }

    private static void addEndpoints(PreparedBatch row, SessionOpened opened) {
        int position = 0;
        for (var endpoint : opened.presence().endpoints()) {
            row.bind("session", opened.number()).bind("position", position++).bind("scheme", endpoint.scheme())
                    .bind("host", endpoint.host()).bind("port", endpoint.port()).add();
        }
    }

    private static void addEnd(PreparedBatch row, SessionEnded ended) {
        row.bind("session", ended.number()).bind("until", Times.bind(ended.until()))
                .bind("reason", text(ended.reason())).add();
    }

    private static void add(PreparedBatch row, DownloadRecorded recorded) {
        var report = recorded.report();
        row.bind("number", recorded.number()).bind("content", recorded.contentNumber()).bind("peer", report.peer())
                .bind("source", report.source().isEmpty() ? null : report.source()).bind("bytes", report.bytes())
                .bind("seconds", BigDecimal.valueOf(report.took().toMillis(), 3))
                .bind("finishedAt", Times.bind(recorded.finishedAt())).bind("result", text(report.result())).add();
    }

    static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
