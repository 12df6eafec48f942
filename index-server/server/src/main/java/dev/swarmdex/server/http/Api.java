package dev.swarmdex.server.http;

import dev.swarmdex.server.address.Addresses;
import dev.swarmdex.server.frontend.FrontEnd;
import dev.swarmdex.server.frontend.Tally;
import dev.swarmdex.server.listen.CannotListenException;
import dev.swarmdex.server.sql.QueryFailedException;
import dev.swarmdex.server.sql.QueryUnservedException;
import dev.swarmdex.server.sql.SeparateQueries;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Endpoint;
import dev.swarmdex.store.History;
import dev.swarmdex.store.Listing;
import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.Page;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.Session;
import dev.swarmdex.store.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@code /api/v1} answers; openapi.json describes it. Safe for any number of threads. */
final class Api {

    private final Watched server;
    private final Activity activity;

    Api(Watched server) {
        this.server = server;
        activity = new Activity(server.store().history());
    }

    /** One page of something, and the cursor of the next. */
    private record Items(List<?> items, Optional<String> next) {}

    private record ShownContent(String name, Optional<String> id, Optional<Long> size, List<ShownSource> peers) {}

    private record ShownSource(String peer, String via, Instant since, List<String> endpoints) {}

    private record ShownPeer(String peer, String via, String host, Instant since, int mappings,
            List<String> endpoints) {}

    private record ShownMapping(String content, Optional<String> id, Optional<Long> size, String peer, String via,
            String host, Instant since, Optional<Instant> until, Optional<String> endedBy) {}

    private record ShownVisit(String via, String host, Instant since, Optional<Instant> until,
            Optional<String> endedBy, long mappings) {}

    private record ShownOffender(String address, long malformed, long overLimit, long unproven, long overcount,
            Instant last) {}

    private record ShownFrontEnd(String protocol, String address, Map<String, Long> requests, long lookups,
            long refused, long unproven, long malformed, long ignored, long limited, long shed) {}

    private record Status(String version, long uptimeSeconds, boolean ready, Optional<String> obstacle, int mappings,
            int peers, int waiting, boolean sql, List<ShownFrontEnd> frontEnds) {}

    Answer status(Query query) {
        Optional<String> unready = server.unready();
        return Answer.json(new Status(server.version(), Duration.between(server.started(), Instant.now()).toSeconds(),
                unready.isEmpty(), unready, server.store().mappings(), server.store().lookups().sessions().size(),
                server.store().waiting(), server.queries().isPresent(),
                server.frontEnds().get().stream().map(Api::shown).toList()));
    }

    Answer contents(Query query) throws BadQueryException {
        return page(lookups().all(query.cursor(), query.limit()));
    }

    /** By words, by the exact name or by the id. */
    Answer search(Query query) throws BadQueryException {
        Optional<String> words = query.text("q");
        Optional<String> name = query.text("name");
        Optional<String> id = query.text("id");
        checkOne("q, name or id", List.of(words, name, id));
        if (words.isPresent()) {
            List<String> all = Arrays.asList(words.get().strip().split("\\s+"));
            return page(lookups().byWords(all, query.cursor(), query.limit()));
        }
        return page(name.isPresent()
                ? lookups().byName(name.get(), query.cursor(), query.limit())
                : lookups().byId(id.orElseThrow(), query.cursor(), query.limit()));
    }

    Answer peers(Query query) throws BadQueryException {
        long after = query.place().orElse(0L);
        int limit = query.limit();
        List<Session> found = lookups().sessions(after, limit + 1);
        List<Session> shown = found.subList(0, Math.min(limit, found.size()));
        Optional<String> next = found.size() > limit
                ? Optional.of(Long.toString(shown.getLast().number()))
                : Optional.empty();
        return Answer.json(new Items(shown.stream().map(Api::shown).toList(), next));
    }

    Answer history(Query query) throws BadQueryException {
        Optional<String> name = query.text("name");
        Optional<String> id = query.text("id");
        checkOne("name or id", List.of(name, id));
        long before = query.place().orElse(Long.MAX_VALUE);
        History history = server.store().history();
        History.Part<History.Entry> part = name.isPresent()
                ? history.ofName(name.get(), before, query.limit())
                : history.ofId(id.orElseThrow(), before, query.limit());
        return Answer.json(new Items(part.entries().stream().map(Api::shown).toList(),
                part.next().map(number -> Long.toString(number))));
    }

    /** The sessions of a peer. */
    Answer sessions(Query query) throws BadQueryException {
        String peer = query.text("peer").orElseThrow(() -> new BadQueryException("give the parameter peer"));
        History.Part<History.Visit> part = server.store().history().ofPeer(peer, query.place().orElse(Long.MAX_VALUE),
                query.limit());
        return Answer.json(new Items(part.entries().stream().map(Api::shown).toList(),
                part.next().map(number -> Long.toString(number))));
    }

    /** How much was registered, over the last day. */
    Answer activity(Query query) {
        return Answer.json(new Items(activity.lastDay(Instant.now()), Optional.empty()));
    }

    /** The answer to a query in SQL. */
    Answer sql(Query query) throws BadQueryException {
        String sql = query.text("q").orElseThrow(() -> new BadQueryException("give the query as the parameter q"));
        SeparateQueries queries = server.queries().orElseThrow(
                () -> new BadQueryException("queries in SQL are not answered at this address: see http.sql"));
        try {
            return Answer.of(Answer.OK, "application/json", queries.json(sql));
        } catch (QueryUnservedException e) {
            return Answer.error(Answer.UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (QueryFailedException e) {
            throw (BadQueryException) new BadQueryException(String.valueOf(e.getMessage())).initCause(e);
        }
    }

    Answer offenders(Query query) throws BadQueryException {
        return Answer.json(new Items(server.offenders().worst(query.limit()).stream()
                .map(each -> new ShownOffender(each.address().getHostAddress(), each.malformed(), each.overLimit(),
                        each.unproven(), each.overcount(), each.last()))
                .toList(), Optional.empty()));
    }

    private Lookups lookups() {
        return server.store().lookups();
    }

    private static void checkOne(String names, List<Optional<String>> given) throws BadQueryException {
        if (given.stream().filter(Optional::isPresent).count() != 1) {
            throw new BadQueryException("give one of the parameters " + names);
        }
    }

    private static Answer page(Page page) {
        return Answer.json(new Items(page.listings().stream().map(Api::shown).toList(), page.next().map(Query::shown)));
    }

    private static ShownContent shown(Listing listing) {
        return new ShownContent(listing.content().name(), listing.content().id(), size(listing.content().size()),
                listing.sources().stream().map(Api::shown).toList());
    }

    private static ShownSource shown(Source source) {
        return new ShownSource(source.peer(), source.via(), source.since(), shown(source.endpoints()));
    }

    private static ShownPeer shown(Session session) {
        Presence presence = session.presence();
        return new ShownPeer(presence.peer(), presence.via(), presence.host(), session.since(), session.mappings(),
                shown(presence.endpoints()));
    }

    private static ShownMapping shown(History.Entry entry) {
        return new ShownMapping(entry.content().name(), entry.content().id(), size(entry.content().size()),
                entry.peer(), entry.via(), entry.host(), entry.since(), entry.until(), shown(entry.endedBy()));
    }

    private static ShownVisit shown(History.Visit visit) {
        return new ShownVisit(visit.via(), visit.host(), visit.since(), visit.until(), shown(visit.endedBy()),
                visit.mappings());
    }

    private static Optional<String> shown(Optional<EndedBy> reason) {
        return reason.map(each -> each.name().toLowerCase(Locale.ROOT));
    }

    private static ShownFrontEnd shown(FrontEnd frontEnd) {
        Tally.Counts counts = frontEnd.tally();
        return new ShownFrontEnd(frontEnd.protocol(), CannotListenException.shown(frontEnd.address()),
                counts.requests(), counts.lookups(), counts.refused(), counts.unproven(), counts.malformed(),
                counts.ignored(), counts.limited(), counts.shed());
    }

    private static List<String> shown(List<Endpoint> endpoints) {
        return endpoints.stream().map(Api::shown).toList();
    }

    private static String shown(Endpoint endpoint) {
        return endpoint.scheme() + "://" + Addresses.hostAndPort(endpoint.host(), endpoint.port());
    }

    /** A size that nobody knows is left out. */
    private static Optional<Long> size(long size) {
        return size < 0 ? Optional.empty() : Optional.of(size);
    }
}
