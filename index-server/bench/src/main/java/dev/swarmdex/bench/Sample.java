package dev.swarmdex.bench;

import dev.swarmdex.store.Content;
import dev.swarmdex.store.Endpoint;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.Presence;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Contents as people share them: names of 25 bytes, and ids that look random. */
final class Sample {

    private Sample() {}

    /** Contents {@code first} to {@code first + count - 1}. */
    static List<Content> contents(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(Sample::content).toList();
    }

    static Content content(int number) {
        return new Content(name(number), Optional.of(id(number)), 1_000_000L + number);
    }

    static String name(int number) {
        return "projects/film-%07d.mkv".formatted(number) + (char) ('a' + number % 26);
    }

    static String id(int number) {
        return "sha256-tree:%016x%016x%016x%016x".formatted(mixed(4L * number), mixed(4L * number + 1), mixed(4L * number + 2),
                mixed(4L * number + 3));
    }

    static Presence presence(String name) {
        return new Presence("native", name, name, Identity.ofSecret(name), "192.0.2.1",
                List.of(new Endpoint("tcp", "192.0.2.1", 7118)));
    }

    private static long mixed(long value) {
        long mixed = (value + 0x9E37_79B9_7F4A_7C15L) * 0xBF58_476D_1CE4_E5B9L;
        return (mixed ^ (mixed >>> 29)) * 0x94D0_49BB_1331_11EBL;
    }
}
