package dev.swarmdex.store.database;

import dev.swarmdex.store.Change.Report;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.state.Known;
import dev.swarmdex.store.state.Mentioned;
import dev.swarmdex.store.state.PeerName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Asks the database which of the mentioned things it knows: one query for each kind, however many there are. */
final class KnownRows {

    /** How long an equal report is taken for the same one sent again; far longer than a client repeats a request. */
    private static final Duration REPORT_REPEATS = Duration.ofHours(1);

    static final String RECORDED = """
            select count(*) from download d join content c on c.number = d.content
            where c.name = :name and c.content_id is not distinct from :id and c.size = :size
            and d.finished_at > :recently and d.peer = :peer and d.source is not distinct from :source
            and d.bytes = :bytes and d.seconds = :seconds and d.result = :result""";

    private final Handle handle;
    private final Instant now;

    KnownRows(Handle handle, Instant now) {
        this.handle = handle;
        this.now = now;
    }

    Known of(Mentioned mentioned) {
        Map<Content, Long> contents = new HashMap<>();
        List<Content> withId = new ArrayList<>();
        List<Content> withoutId = new ArrayList<>();
        mentioned.contents().forEach(content -> (content.id().isPresent() ? withId : withoutId).add(content));
        addWithId(withId, contents);
        addWithoutId(withoutId, contents);
        return new Known(contents, peers(mentioned.peers()), reports(mentioned.reports()));
    }

    private void addWithId(List<Content> wanted, Map<Content, Long> numbers) {
        if (wanted.isEmpty()) {
            return;
        }
        handle.createQuery("""
                select c.number, c.name, c.content_id, c.size
                from unnest(:names, :ids, :sizes) as w (name, content_id, size)
                join content c on c.name = w.name and c.content_id = w.content_id and c.size = w.size""")
                .bindArray("names", String.class, names(wanted))
                .bindArray("ids", String.class, wanted.stream().map(content -> content.id().orElseThrow()).toList())
                .bindArray("sizes", Long.class, sizes(wanted))
                .map((row, _) -> Map.entry(
                        new Content(row.getString("name"), Optional.of(row.getString("content_id")),
                                row.getLong("size")),
                        row.getLong("number")))
                .forEach(found -> numbers.put(found.getKey(), found.getValue()));
    }

    private void addWithoutId(List<Content> wanted, Map<Content, Long> numbers) {
        if (wanted.isEmpty()) {
            return;
        }
        handle.createQuery("""
                select c.number, c.name, c.size
                from unnest(:names, :sizes) as w (name, size)
                join content c on c.name = w.name and c.content_id is null and c.size = w.size""")
                .bindArray("names", String.class, names(wanted))
                .bindArray("sizes", Long.class, sizes(wanted))
                .map((row, _) -> Map.entry(
                        new Content(row.getString("name"), Optional.empty(), row.getLong("size")),
                        row.getLong("number")))
                .forEach(found -> numbers.put(found.getKey(), found.getValue()));
    }

    private Map<PeerName, Long> peers(Set<PeerName> wanted) {
        Map<PeerName, Long> numbers = new HashMap<>();
        if (!wanted.isEmpty()) {
            handle.createQuery("""
                    select p.number, p.via, p.name
                    from unnest(:vias, :names) as w (via, name)
                    join peer p on p.via = w.via and p.name = w.name""")
                    .bindArray("vias", String.class, wanted.stream().map(PeerName::via).toList())
                    .bindArray("names", String.class, wanted.stream().map(PeerName::name).toList())
                    .map((row, _) -> Map.entry(
                            new PeerName(row.getString("via"), row.getString("name")), row.getLong("number")))
                    .forEach(found -> numbers.put(found.getKey(), found.getValue()));
        }
        return numbers;
    }

    private Set<Report> reports(Collection<Report> wanted) {
        Set<Report> known = new HashSet<>();
        wanted.stream().filter(this::isRecorded).forEach(known::add);
        return known;
    }

    private boolean isRecorded(Report report) {
        return handle.createQuery(RECORDED)
                .bind("name", report.content().name())
                .bind("id", report.content().id().orElse(null))
                .bind("size", report.content().size())
                .bind("recently", Times.bind(now.minus(REPORT_REPEATS)))
                .bind("peer", report.peer())
                .bind("source", report.source().isEmpty() ? null : report.source())
                .bind("bytes", report.bytes())
                .bind("seconds", BigDecimal.valueOf(report.took().toMillis(), 3))
                .bind("result", EffectRows.text(report.result()))
                .mapTo(Integer.class)
                .one() > 0;
    }

    private static List<String> names(List<Content> contents) {
        return contents.stream().map(Content::name).toList();
    }

    private static List<Long> sizes(List<Content> contents) {
        return contents.stream().map(Content::size).toList();
    }
}
