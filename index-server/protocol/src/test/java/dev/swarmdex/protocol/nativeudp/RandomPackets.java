package dev.swarmdex.protocol.nativeudp;

import dev.swarmdex.protocol.WireText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Any legal message, with a liking for the bounds. */
final class RandomPackets {

    private static final String[] LETTERS = {"a", "Z", "9", " ", ".", "_", "é", "Ж", "中", "\uFFFD", "🦀"};

    private final RandomGenerator random;

    RandomPackets(RandomGenerator random) {
        this.random = random;
    }

    RequestPacket request() {
        return new RequestPacket(random.nextInt(), random.nextLong(), anyRequest());
    }

    ReplyPacket reply() {
        return new ReplyPacket(random.nextInt(), anyReply());
    }

    private Request anyRequest() {
        return switch (random.nextInt(10)) {
            case 0 -> new Request.Hello();
            case 1 -> new Request.KeepAlive(peer(), ownEndpoints(), random.nextInt() >>> 1, random.nextLong(),
                    optional(this::load));
            case 2 -> oneOf(Request.Register.split(peer(), listOf(1, 40, this::content)));
            case 3 -> oneOf(Request.Deregister.split(peer(), listOf(1, 40, this::name)));
            case 4 -> Request.Deregister.everything(peer());
            case 5 -> new Request.SearchName(text(1, Limits.NAME), cursor());
            case 6 -> new Request.SearchId(id(), cursor());
            case 7 -> new Request.SearchWords(listOf(1, Limits.WORDS, () -> text(1, Limits.WORD)), cursor());
            case 8 -> random.nextBoolean() ? new Request.ListContents(cursor()) : new Request.ListPeers(cursor());
            default -> new Request.Report(peer(), content(), optional(() -> text(1, Limits.PEER_NAME)),
                    random.nextLong() >>> 1, milliseconds(), oneOf(List.of(Request.Result.values())));
        };
    }

    private Reply anyReply() {
        return switch (random.nextInt(6)) {
            case 0 -> new Reply.Welcome(random.nextLong());
            case 1 -> new Reply.Alive(milliseconds().plusMillis(1), random.nextBoolean());
            case 2 -> new Reply.Done(listOf(0, 1192, () -> oneOf(List.of(Reply.Outcome.values()))));
            case 3 -> contents();
            case 4 -> peers();
            default ->
                new Reply.Refused(oneOf(List.of(Reply.Reason.values())), milliseconds(), text(0, Limits.MESSAGE));
        };
    }

    private Reply.Contents contents() {
        ContentsPage page = new ContentsPage();
        while (page.add(content(), source())) {
            if (random.nextInt(10) == 0) {
                break;
            }
        }
        return page.reply(cursor());
    }

    private Reply.Peers peers() {
        PeersPage page = new PeersPage();
        while (page.add(new Reply.Peer(text(1, Limits.PEER_NAME), endpoints()))) {
            if (random.nextInt(10) == 0) {
                break;
            }
        }
        return page.reply(cursor());
    }

    Content content() {
        return new Content(text(1, Limits.NAME), optional(this::id),
                random.nextInt(4) == 0 ? -1 : random.nextLong() >>> 1);
    }

    private Name name() {
        return new Name(text(1, Limits.NAME), optional(this::id));
    }

    Source source() {
        return new Source(text(1, Limits.PEER_NAME), Instant.ofEpochMilli(random.nextLong() >>> 1), endpoints(),
                optional(this::load));
    }

    private Load load() {
        return new Load(random.nextInt(1 << random.nextInt(1, 20)), random.nextLong(1L << random.nextInt(1, 50)));
    }

    PeerIdentity peer() {
        return new PeerIdentity(text(1, Limits.PEER_NAME), hex(16));
    }

    private List<Endpoint> endpoints() {
        return listOf(1, Limits.ENDPOINTS, () -> new Endpoint(scheme(), host(1), 1 + random.nextInt(65_535)));
    }

    private List<Endpoint> ownEndpoints() {
        return listOf(1, Limits.ENDPOINTS, () -> new Endpoint(scheme(), host(0), 1 + random.nextInt(65_535)));
    }

    private String scheme() {
        return oneOf(List.of("tcp", "x", "a0+-", "abcdefghijklmnop"));
    }

    private String host(int shortest) {
        return "fe80::1%Eth-0_.a".repeat(3).substring(0, random.nextInt(shortest, 40));
    }

    private String id() {
        return oneOf(List.of("sha256-tree", "x", "a".repeat(32))) + ':' + hex(random.nextInt(16, 65));
    }

    private String hex(int bytes) {
        byte[] digest = new byte[bytes];
        random.nextBytes(digest);
        return HexFormat.of().formatHex(digest);
    }

    private Cursor cursor() {
        return random.nextBoolean() ? Cursor.NONE : new Cursor(random.nextLong(), random.nextLong());
    }

    private Duration milliseconds() {
        return Duration.ofMillis(random.nextLong(1L << random.nextInt(1, 32)));
    }

    /** Text whose UTF-8 has between so many and so many bytes, often short and often as long as can be. */
    private String text(int shortest, int longest) {
        int longestHere = switch (random.nextInt(4)) {
            case 0 -> longest;
            case 1 -> random.nextInt(shortest, longest + 1);
            default -> Math.min(longest, 12);
        };
        StringBuilder text = new StringBuilder();
        String letter = LETTERS[random.nextInt(LETTERS.length)];
        for (int bytes = WireText.utf8Length(letter); bytes <= longestHere; bytes += WireText.utf8Length(letter)) {
            text.append(letter);
            letter = LETTERS[random.nextInt(LETTERS.length)];
        }
        return text.length() < shortest ? "x" : text.toString();
    }

    private <T> Optional<T> optional(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private <T> List<T> listOf(int fewest, int most, Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = random.nextInt(fewest, most + 1); i > 0; i--) {
            items.add(item.get());
        }
        return items;
    }
}
