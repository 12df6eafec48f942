package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.api.PieceSize;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class HashCacheTest {

    private static final CountingHasher HASHER = new CountingHasher();
    private static final int DIGEST = 32;

    @TempDir
    Path folder;

    @Test
    void whatWasPutIsFoundAfterAnyNumberOfRestarts() throws IOException {
        put("/a/one", print(1, 10, ""), tree(1));
        put("/a/two", print(1_000_000, 20, ""), tree(1_000_000));

        for (int restart = 0; restart < 3; restart++) {
            try (HashCache cache = open()) {
                assertThat(cache.find(Path.of("/a/one"), print(1, 10, ""))).contains(tree(1).root());
                assertThat(cache.find(Path.of("/a/two"), print(1_000_000, 20, ""))).contains(tree(1_000_000).root());
                assertThat(cache.pieceHashes(Path.of("/a/two"), print(1_000_000, 20, "")))
                        .hasValueSatisfying(hashes -> assertThat(hashes).isEqualTo(tree(1_000_000).pieceHashes()));
            }
        }
    }

    @Test
    void anotherSizeTimeOrPathIsNotFound() throws IOException {
        put("/a/one", print(1, 10, "key"), tree(1));

        try (HashCache cache = open()) {
            assertThat(cache.find(Path.of("/a/one"), print(2, 10, "key"))).isEmpty();
            assertThat(cache.find(Path.of("/a/one"), print(1, 11, "key"))).isEmpty();
            assertThat(cache.find(Path.of("/a/two"), print(1, 10, "other"))).isEmpty();
            assertThat(cache.find(Path.of("/a/two"), print(1, 10, ""))).isEmpty();
            assertThat(cache.pieceHashes(Path.of("/a/one"), print(1, 11, "key"))).isEmpty();
        }
    }

    @Test
    void aFileIsFoundByItsKeyUnderANewPathAndByItsPathOnADeviceNumberedAnew() throws IOException {
        put("/a/one", print(1, 10, "(dev=fd01,ino=7)"), tree(1));

        try (HashCache cache = open()) {
            assertThat(cache.look(Path.of("/b/moved"), print(1, 10, "(dev=fd01,ino=7)"))).contains(tree(1).root());
            assertThat(cache.find(Path.of("/b/moved"), print(1, 10, "(dev=fd01,ino=7)"))).contains(tree(1).root());
            assertThat(cache.find(Path.of("/a/one"), print(1, 10, "(dev=fe01,ino=7)"))).contains(tree(1).root());
            assertThat(cache.find(Path.of("/c/moved"), print(1, 12, "(dev=fd01,ino=7)"))).isEmpty();
        }
    }

    @Test
    void anotherFileInItsPlaceOfTheSameSizeAndTimeIsNotTheOneThatWasHashed() throws IOException {
        put("/a/one", print(1, 10, "(dev=fd01,ino=7)"), tree(1));

        try (HashCache cache = open()) {
            assertThat(cache.find(Path.of("/a/one"), print(1, 10, "(dev=fd01,ino=8)"))).isEmpty();
            assertThat(cache.pieceHashes(Path.of("/a/one"), print(1, 10, "(dev=fd01,ino=8)"))).isEmpty();
        }
    }

    @Test
    void whatCanNotBeWrittenIsUsedAllTheSameAndWrittenWithTheNext() throws IOException {
        try (HashCache cache = open()) {
            Thread.currentThread().interrupt(); // closes the file that the hashes are written to
            cache.put(Path.of("/a/two"), print(200_000, 20, ""), tree(200_000));
            assertThat(Thread.interrupted()).isTrue();

            assertThat(cache.find(Path.of("/a/two"), print(200_000, 20, ""))).contains(tree(200_000).root());
            assertThat(cache.pieceHashes(Path.of("/a/two"), print(200_000, 20, ""))).isPresent();
            assertThat(cache.pieceHashes(Path.of("/a/two"), print(200_000, 21, ""))).isEmpty();

            cache.put(Path.of("/a/three"), print(3, 30, ""), tree(3));
        }
        try (HashCache cache = open()) {
            assertThat(cache.pieceHashes(Path.of("/a/two"), print(200_000, 20, ""))).isPresent();
            assertThat(cache.find(Path.of("/a/three"), print(3, 30, ""))).isPresent();
        }
    }

    @Test
    void theLatestVersionCounts() throws IOException {
        put("/a/one", print(1, 10, "key"), tree(1));
        put("/a/one", print(2, 11, "key"), tree(2));

        try (HashCache cache = open()) {
            assertThat(cache.find(Path.of("/a/one"), print(2, 11, "key"))).contains(tree(2).root());
            assertThat(cache.find(Path.of("/a/one"), print(1, 10, "key"))).isEmpty();
        }
    }

    @Test
    void aCacheCutOffAnywhereGivesNothingWrongAndGoesOn() throws IOException {
        put("/a/one", print(1, 10, ""), tree(1));
        long firstEnd = Files.size(file());
        put("/a/two", print(200_000, 20, ""), tree(200_000));
        byte[] whole = Files.readAllBytes(file());

        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            try (HashCache cache = open()) {
                assertThat(cache.find(Path.of("/a/one"), print(1, 10, "")).isPresent()).isEqualTo(length >= firstEnd);
                assertThat(cache.find(Path.of("/a/two"), print(200_000, 20, ""))).isEmpty();
                cache.put(Path.of("/a/three"), print(3, 30, ""), tree(3));
            }
            try (HashCache cache = open()) {
                assertThat(cache.find(Path.of("/a/three"), print(3, 30, ""))).contains(tree(3).root());
            }
        }
    }

    @Test
    void aChangedByteGivesNothingWrong() throws IOException {
        put("/a/one", print(1, 10, ""), tree(1));
        put("/a/two", print(200_000, 20, ""), tree(200_000));
        byte[] whole = Files.readAllBytes(file());

        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x55;
            Files.write(file(), changed);
            try (HashCache cache = open()) {
                cache.find(Path.of("/a/one"), print(1, 10, ""))
                        .ifPresent(id -> assertThat(id).isEqualTo(tree(1).root()));
                cache.find(Path.of("/a/two"), print(200_000, 20, ""))
                        .ifPresent(id -> assertThat(id).isEqualTo(tree(200_000).root()));
            }
        }
    }

    @Test
    void randomBytesGiveNothing() throws IOException {
        put("/a/one", print(1, 10, ""), tree(1));
        byte[] header = Arrays.copyOf(Files.readAllBytes(file()), 8);
        Random random = new Random(3);
        for (int round = 0; round < 300; round++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            Files.write(file(), header);
            Files.write(file(), noise, StandardOpenOption.APPEND);
            try (HashCache cache = open()) {
                assertThat(cache.find(Path.of("/a/one"), print(1, 10, ""))).isEmpty();
            }
        }
    }

    @Test
    void piecesThatWereDamagedAfterTheStartAreNotHandedOut() throws IOException {
        put("/a/two", print(200_000, 20, ""), tree(200_000));
        byte[] damaged = Files.readAllBytes(file());
        damaged[damaged.length - 1] ^= 1;

        try (HashCache cache = open()) {
            Files.write(file(), damaged);
            assertThat(cache.pieceHashes(Path.of("/a/two"), print(200_000, 20, ""))).isEmpty();
        }
    }

    @Test
    void anInterruptedReaderDoesNoHarm() throws IOException {
        put("/a/two", print(200_000, 20, "key"), tree(200_000));

        try (HashCache cache = open()) {
            Thread.currentThread().interrupt();
            assertThat(cache.pieceHashes(Path.of("/a/two"), print(200_000, 20, "key"))).isPresent();
            assertThat(cache.look(Path.of("/b/moved"), print(200_000, 20, "key"))).isPresent();
            assertThat(Thread.interrupted()).isTrue();
            cache.put(Path.of("/a/three"), print(3, 30, ""), tree(3));
        }
        try (HashCache cache = open()) {
            assertThat(cache.find(Path.of("/a/three"), print(3, 30, ""))).isPresent();
        }
    }

    @Test
    void outdatedRecordsAreCompactedAwayAndTheLiveOnesKept() throws IOException {
        try (HashCache cache = HashCache.open(folder, HASHER, 1000)) {
            for (int version = 0; version < 100; version++) {
                cache.put(Path.of("/a/one"), print(1, version, "key"), tree(1));
                cache.put(Path.of("/a/two"), print(200_000, version, ""), tree(200_000));
            }
            long before = Files.size(file());

            cache.trim(Set.of("/a/one", "/a/two")::contains);

            assertThat(Files.size(file())).isLessThan(before / 50);
            assertThat(cache.find(Path.of("/a/one"), print(1, 99, "key"))).contains(tree(1).root());
            assertThat(cache.pieceHashes(Path.of("/a/two"), print(200_000, 99, ""))).isPresent();
            cache.put(Path.of("/a/three"), print(3, 30, ""), tree(3));
        }
        try (HashCache cache = open()) {
            assertThat(cache.find(Path.of("/a/one"), print(1, 99, "key"))).contains(tree(1).root());
            assertThat(cache.find(Path.of("/b/moved"), print(1, 99, "key"))).contains(tree(1).root());
            assertThat(cache.pieceHashes(Path.of("/a/two"), print(200_000, 99, ""))).isPresent();
            assertThat(cache.find(Path.of("/a/three"), print(3, 30, ""))).isPresent();
        }
    }

    @Test
    void filesThatAreGoneAreForgottenOldestFirstOnceTheyTakeTooMuchRoom() throws IOException {
        try (HashCache cache = HashCache.open(folder, HASHER, 3000)) {
            cache.put(Path.of("/there"), print(1, 1, ""), tree(1));
            for (int i = 0; i < 100; i++) {
                cache.put(Path.of("/gone/" + i), print(1, i, ""), tree(1));
            }

            cache.trim("/there"::equals);

            assertThat(cache.find(Path.of("/there"), print(1, 1, ""))).isPresent();
            assertThat(cache.find(Path.of("/gone/0"), print(1, 0, ""))).isEmpty();
            assertThat(cache.find(Path.of("/gone/99"), print(1, 99, ""))).isPresent();
            assertThat(Files.size(file())).isLessThan(8000);
        }
    }

    private void put(String path, Fingerprint fingerprint, HashTree tree) throws IOException {
        try (HashCache cache = open()) {
            cache.put(Path.of(path), fingerprint, tree);
        }
    }

    private HashCache open() throws IOException {
        return HashCache.open(folder, HASHER);
    }

    private Path file() {
        return folder.resolve("hashes-sha256-tree");
    }

    private static Fingerprint print(long size, long time, String key) {
        return new Fingerprint(size, time, key);
    }

    /** A tree of this size with made-up pieces. */
    private static HashTree tree(long size) {
        byte[] hashes = new byte[HashTree.pieceCount(size) * DIGEST];
        new Random(size).nextBytes(hashes);
        assertThat(PieceSize.of(size)).isEqualTo(PieceSize.SMALLEST);
        return HashTree.of(HASHER, size, hashes);
    }
}
