package dev.swarmdex.protocol.nativeudp;

import dev.swarmdex.protocol.WireText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a peer asks of the index. All requests are idempotent, and each fits a datagram: no other can be constructed. */
public sealed interface Request {

    /** {@code H}: asks for a connection id, which every other request needs. Padded to {@link Limits#HELLO} bytes. */
    record Hello() implements Request {}

    /**
     * {@code K}: joins, and from then on keeps the lease alive. {@code mappings} and {@code digest} describe the peer's
     * own list, see {@link ListDigest}; if the index has another list, it asks for the registrations to be sent again.
     * {@code load} is empty when the peer does not want to say.
     */
    record KeepAlive(PeerIdentity peer, List<Endpoint> endpoints, int mappings, long digest, Optional<Load> load)
            implements
                Request {

        /** Checks the endpoints and the count. */
        public KeepAlive {
            endpoints = Endpoint.checkOwn(endpoints);
            if (mappings < 0) {
                throw new IllegalArgumentException("the number of mappings is " + mappings + ", the least is 0");
            }
        }

        /** A sign of life that does not state the peer's load. */
        public KeepAlive(PeerIdentity peer, List<Endpoint> endpoints, int mappings, long digest) {
            this(peer, endpoints, mappings, digest, Optional.empty());
        }
    }

    /** {@code R}: registers contents, at least one. */
    record Register(PeerIdentity peer, List<Content> contents) implements Request {

        /** Checks that there are contents and that they fit a datagram. */
        public Register {
            contents = List.copyOf(contents);
            if (contents.isEmpty()) {
                throw new IllegalArgumentException("a registration needs at least one content");
            }
            Fit.check("registration", Fit.listOf(peer), contents, Content::wireSize);
        }

        /** The fewest registrations, in order, that carry these contents; none for no contents. */
        public static List<Register> split(PeerIdentity peer, List<Content> contents) {
            List<Register> requests = new ArrayList<>();
            for (List<Content> part : Fit.split(Fit.listOf(peer), contents, Content::wireSize)) {
                requests.add(new Register(peer, part));
            }
            return requests;
        }
    }

    /** {@code T}: deregisters contents; an empty list deregisters everything and leaves. */
    record Deregister(PeerIdentity peer, List<Name> names) implements Request {

        /** Checks that the names fit a datagram. */
        public Deregister {
            names = List.copyOf(names);
            Fit.check("deregistration", Fit.listOf(peer), names, Name::wireSize);
        }

        /** The fewest deregistrations, in order, that carry these names; none, and so no leaving, for no names. */
        public static List<Deregister> split(PeerIdentity peer, List<Name> names) {
            List<Deregister> requests = new ArrayList<>();
            for (List<Name> part : Fit.split(Fit.listOf(peer), names, Name::wireSize)) {
                requests.add(new Deregister(peer, part));
            }
            return requests;
        }

        /** Deregisters everything and leaves. */
        public static Deregister everything(PeerIdentity peer) {
            return new Deregister(peer, List.of());
        }
    }

    /** {@code S}: searches by exact name. */
    record SearchName(String name, Cursor cursor) implements Request {

        /** Checks the name. */
        public SearchName {
            WireText.check("content name", name, 1, Limits.NAME);
        }
    }

    /** {@code S}: searches by content id. */
    record SearchId(String id, Cursor cursor) implements Request {

        /** Checks the id. */
        public SearchId {
            ContentIds.check(id);
        }
    }

    /** {@code S}: searches contents whose names hold all the words, 1 to 8 of 1 to 64 bytes each. */
    record SearchWords(List<String> words, Cursor cursor) implements Request {

        /** Checks the words. */
        public SearchWords {
            words = List.copyOf(words);
            if (words.isEmpty() || words.size() > Limits.WORDS) {
                throw new IllegalArgumentException("a search takes 1 to 8 words, not " + words.size());
            }
            for (String word : words) {
                WireText.check("word", word, 1, Limits.WORD);
            }
        }
    }

    /** {@code O}: lists all contents. */
    record ListContents(Cursor cursor) implements Request {}

    /** {@code O}: lists all peers. */
    record ListPeers(Cursor cursor) implements Request {}

    /**
     * {@code D}: reports how a download ended. {@code source} is the peer it came from, empty when there were many;
     * {@code took} is cut to milliseconds.
     */
    record Report(PeerIdentity peer, Content content, Optional<String> source, long bytes, Duration took, Result result)
            implements
                Request {

        /** Checks the source's name, the bytes and the duration. */
        public Report {
            source.ifPresent(PeerIdentity::checkName);
            if (bytes < 0) {
                throw new IllegalArgumentException("the downloaded bytes are " + bytes + ", the least is 0");
            }
            took = Milliseconds.check("the duration of the download", took);
        }
    }

    /** How a download ended. */
    enum Result implements Coded {
        /** All bytes arrived and are the right ones. */
        FINISHED(0),
        /** It was given up before all bytes arrived. */
        FAILED(1),
        /** The source sent bytes that do not belong to the content. */
        WRONG_BYTES(2);

        private final int code;

        Result(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }
}
