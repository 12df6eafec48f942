package dev.swarmdex.store.database;

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
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Writes effects as rows, one prepared batch for each kind of row, so that the round trips don't grow with the batch. Kinds go
 * in the order of their references. A mapping that opens and ends in one batch is inserted and then updated; a session's
 * end comes last, and ends what is still open of it.
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
        each(ContentAdded.class, """
                insert into content (number, name, content_id, size) values (:number, :name, :id, :size)""",
                EffectRows::add);
        each(SessionOpened.class, """
                insert into session (number, peer, session_key, host, since)
                values (:number, :peer, :key, :host, :since)""", EffectRows::add);
        each(SessionOpened.class, "insert into session_identity (session, digest) values (:session, :digest)",
                EffectRows::addIdentity);
        each(SessionOpened.class, """
                insert into endpoint (session, position, scheme, host, port)
                values (:session, :position, :scheme, :host, :port)""", EffectRows::addEndpoints);
        each(MappingOpened.class, """
                insert into mapping (number, content, session, since) values (:number, :content, :session, :since)""",
                EffectRows::add);
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
        List<E> all = effects.stream().filter(kind::isInstance).map(kind::cast).toList();
        if (!all.isEmpty()) {
            RowBatch.write(handle, sql, batch -> all.forEach(effect -> add.accept(batch, effect)));
        }
    }

    private static void add(PreparedBatch row, ContentAdded added) {
        var content = added.content();
        row.bind("number", added.number()).bind("name", content.name()).bind("id", content.id().orElse(null))
                .bind("size", content.size()).add();
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

    private static void add(PreparedBatch row, MappingOpened opened) {
        row.bind("number", opened.number()).bind("content", opened.contentNumber()).bind("session", opened.session())
                .bind("since", Times.bind(opened.since())).add();
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
