package dev.swarmdex.server.frontend;

import dev.swarmdex.protocol.Address;
import dev.swarmdex.protocol.PartialName;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.Endpoint;
import dev.swarmdex.store.Listing;
import dev.swarmdex.store.Lookups;
import dev.swarmdex.store.Page;
import dev.swarmdex.store.Session;
import dev.swarmdex.store.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What the index has that a seed's clients can make use of: the servers with an endpoint of their scheme, whoever registered
 * them, and the names that their protocol can carry. Answers are bounded, in size and in work. Safe for any
 * number of threads.
 */
public final class Reachable {

    /** The most contents of a list; none of the seeds has pages. */
    public static final int MOST_LISTED = 10_000;

    /** The most contents that a list looks at: names that the protocol can't carry take time as well. */
    static final int MOST_LOOKED_AT = 50_000;

    private static final int MOST_SERVERS = 1_000;
    private static final int PAGE = 1_000;
    private static final int MOST_PAGES = 20;

    /**
     * A server that clients can reach.
     *
     * @param peer its peer's name
     * @param via how its peer talks to the index
     * @param key what identifies its session there
     */
    public record Server(long session, String peer, String via, String key, Address address) {}

    /** A server with names of contents that it offers, in order. */
    public record Shelf(Server server, List<String> names) {

        /** Copies the list. */
        public Shelf {
            names = List.copyOf(names);
        }
    }

    private final Lookups lookups;
    private final String scheme;
    private final Predicate<Address> address;
    private final Predicate<String> name;

    /**
     * What clients of that scheme see.
     *
     * @param address which addresses the protocol can carry
     * @param name which names of contents it can carry
     */
    public Reachable(Lookups lookups, String scheme, Predicate<Address> address, Predicate<String> name) {
        this.lookups = lookups;
        this.scheme = scheme;
        this.address = address;
        this.name = name;
    }

    /** The rule that a check enforces by throwing an {@link IllegalArgumentException}, as a predicate. */
    public static Predicate<String> passes(Consumer<String> check) {
        return text -> {
            try {
                check.accept(text);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        };
    }

    /** The servers that offer a content of that name, in the order of their sessions, none twice. */
    public List<Server> offering(String content) {
        List<Server> found = new ArrayList<>();
        Optional<Cursor> cursor = Optional.of(Cursor.START);
        for (int page = 0; page < MOST_PAGES && cursor.isPresent() && found.size() < MOST_SERVERS; page++) {
            Page next = lookups.byName(content, cursor.get(), PAGE);
            next.listings().stream().filter(listing -> isWhole(listing.content())).map(Listing::sources)
                    .flatMap(List::stream).map(Source::session)
                    .flatMap(session -> lookups.session(session).stream()).flatMap(session -> server(session).stream())
                    .forEach(found::add);
            cursor = next.next();
        }
        return found.stream().distinct().sorted(Comparator.comparingLong(Server::session)).toList();
    }

    /** All servers, also those that offer nothing, in the order of their sessions. */
    public List<Server> servers() {
        return lookups.sessions().stream().flatMap(session -> server(session).stream())
                .sorted(Comparator.comparingLong(Server::session)).limit(MOST_LISTED).toList();
    }

    /** The servers that offer something, with what they offer, as far as a list goes. */
    public List<Shelf> shelves() {
        List<Shelf> shelves = new ArrayList<>();
        Room room = new Room();
        for (Server server : servers()) {
            if (room.isFull()) {
                break;
            }
            List<String> names = names(server, room);
            if (!names.isEmpty()) {
                shelves.add(new Shelf(server, names));
            }
        }
        return shelves;
    }

    private List<String> names(Server server, Room room) {
        List<String> names = new ArrayList<>();
        lookups.contentsOf(server.session(), content -> {
            room.lookedAt++;
            if (isWhole(content) && name.test(content.name())) {
                names.add(content.name());
                room.listed++;
            }
            return !room.isFull();
        });
        names.sort(Comparator.naturalOrder());
        return names;
    }

    /** How far one list has come. */
    private static final class Room {

        private int listed;
        private int lookedAt;

        boolean isFull() {
            return listed >= MOST_LISTED || lookedAt >= MOST_LOOKED_AT;
        }
    }

    /** What a peer is still downloading, no seed's client can fetch. */
    private static boolean isWhole(Content content) {
        return !PartialName.is(content.name(), content.id());
    }

    private Optional<Server> server(Session session) {
        return session.presence().endpoints().stream().filter(endpoint -> endpoint.scheme().equals(scheme))
                .flatMap(endpoint -> address(endpoint).stream()).filter(address).findFirst()
                .map(reached -> new Server(session.number(), session.presence().peer(), session.presence().via(),
                        session.presence().key(), reached));
    }

    /** Protocols with wider limits may have put in hosts that are not an address for a seed. */
    private static Optional<Address> address(Endpoint endpoint) {
        try {
            return Optional.of(new Address(endpoint.host(), endpoint.port()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
