package dev.swarmdex.peer.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the public api with what {@code api.txt} says it is. That file is the promise to plugins: after a release it
 * changes only as the README of this module allows.
 *
 * <p>To write it anew after a change that is meant: {@code mvn -pl peer-host/api test -Dtest=PublicApiTest -Dapi=write}
 */
class PublicApiTest {

    private static final Path PROMISE = Path.of("api.txt");
    private static final String CURE = "if that is meant, and the README of peer-host/api allows it, write api.txt anew: "
            + "mvn -pl peer-host/api test -Dtest=PublicApiTest -Dapi=write";

    private SortedSet<String> api;
    private SortedSet<String> promised;

    @BeforeEach
    void read() throws IOException {
        api = PublicApi.lines();
        if ("write".equals(System.getProperty("api"))) {
            Files.write(PROMISE, api);
        }
        promised = new TreeSet<>(Files.readAllLines(PROMISE));
    }

    @Test
    void nothing_that_plugins_use_is_gone_or_changed() {
        SortedSet<String> gone = new TreeSet<>(promised);
        gone.removeAll(api);
        assertThat(gone).as("gone from the api; " + CURE).isEmpty();
    }

    @Test
    void nothing_is_public_that_nobody_promised() {
        SortedSet<String> fresh = new TreeSet<>(api);
        fresh.removeAll(promised);
        assertThat(fresh).as("new in the api; " + CURE).isEmpty();
    }

    @Test
    void the_promise_covers_the_extension_points() {
        assertThat(promised).anyMatch(line -> line.startsWith(Transport.class.getSimpleName() + "#"))
                .anyMatch(line -> line.startsWith(FileHasher.class.getSimpleName() + "#"))
                .anyMatch(line -> line.startsWith(PeerSelector.class.getSimpleName() + "#"));
    }
}
