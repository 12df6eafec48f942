package dev.swarmdex.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Folders, shared and got as one thing. */
class FoldersIT extends WholeSystem {

    private static final long TIME = 1_555_555_555_123L;
    /** It takes long enough for a kill to come in the middle, most of the time; the test holds in any case. */
    private static final int LARGE = 24 << 20;

    /** A file as a folder should keep it. */
    private record Kept(int size, int content, long time, boolean executable) {}

    @Test
    void a_folder_goes_from_host_to_host_with_its_paths_times_and_permissions_and_is_offered_on() throws Exception {
        index().start();
        Path photos = photos();
        Peer alice = swarm().runningPeer("alice");
        Peer bob = swarm().runningPeer("bob");
        Peer carol = swarm().runningPeer("carol");

        assertThat(alice.command("share", photos.toString()).orFail()).contains("photos.folder");
        String id = bob.awaitListed("photos.folder", "alice").path("id").asString();
        RunningProgram second = bob.begin("get", "photos");
        Answer got = bob.begin("get", "photos/").awaitEnd();

        // the same download, or the same result right after it
        assertThat(second.awaitEnd().orFail()).contains("photos/: 36 files", "all verified: ");
        assertThat(got.orFail()).contains("photos/: 36 files", "all verified: ");
        assertThat(kept(bob.downloads().resolve("photos"))).isEqualTo(kept(photos));
        assertThat(carol.awaitListed("photos.folder", "alice", "bob").path("id").asString()).isEqualTo(id);
        alice.process().terminate();
        JsonNode fromBob = carol.command("get", id, "--json", "-o", carol.downloads() + "/mine").lastJson();
        assertThat(fromBob.path("from").propertyNames()).containsExactly("bob");
        assertThat(fromBob.path("failed")).isEmpty();
        assertThat(kept(carol.downloads().resolve("mine"))).isEqualTo(kept(photos));
        assertThat(carol.command("get", "photos.folder", "-o", carol.downloads() + "/mine").orFail())
                .contains("36 there already");
    }

    @Test
    void a_kill_of_the_getter_in_the_middle_costs_nothing_that_was_there_and_harms_nothing() throws Exception {
        index().start();
        Path photos = photos();
        TestFile film = TestFile.create(photos.resolve("films/large.mkv"), LARGE, 99);
        Peer alice = swarm().runningPeer("alice");
        alice.command("share", photos.toString()).orFail();
        Peer bob = swarm().runningPeer("bob");
        bob.awaitListed("photos.folder", "alice");
        Path target = bob.downloads().resolve("photos");

        RunningProgram get = bob.begin("get", "photos");
        await().until(() -> Files.exists(target.resolve("films/large.mkv.part")) || !get.process().isAlive());
        bob.process().kill();
        get.awaitEnd();
        Map<String, Kept> before = kept(target);
        bob.start();
        bob.awaitListed("photos.folder", "alice");
        JsonNode result = bob.command("get", "photos", "--json").lastJson();

        assertThat(kept(photos)).containsAllEntriesOf(before);
        assertThat(result.path("failed")).isEmpty();
        assertThat(result.path("present").asInt()).isEqualTo(before.size());
        assertThat(result.path("present").asInt() + result.path("fetched").asInt()).isEqualTo(37);
        assertThat(target.resolve("films/large.mkv")).hasBinaryContent(film.bytes());
        assertThat(kept(target)).isEqualTo(kept(photos));
        bob.awaitListed("photos.folder", "alice", "bob");
    }

    @Test
    void nothing_is_begun_where_something_else_is_in_the_way_and_a_changed_folder_is_got_anew() throws Exception {
        index().start();
        Path photos = photos();
        Peer alice = swarm().runningPeer("alice");
        alice.command("share", photos.toString()).orFail();
        Peer bob = swarm().runningPeer("bob");
        JsonNode first = bob.awaitListed("photos.folder", "alice");
        Path target = Files.createDirectories(bob.downloads().resolve("photos"));
        Files.writeString(target.resolve("empty"), "not empty at all");

        assertThat(bob.command("get", "photos").complaint(1)).contains("empty exists and is something else");
        assertThat(kept(target)).containsOnlyKeys("empty");
        Files.delete(target.resolve("empty"));
        Files.writeString(photos.resolve("added.txt"), "added");
        await().until(() -> !bob.awaitListed("photos.folder", "alice").path("id").equals(first.path("id")));

        assertThat(bob.command("get", "photos", "--from", "alice").orFail()).contains("37 fetched");
        assertThat(kept(target)).isEqualTo(kept(photos));
    }

    @Test
    void two_folders_with_the_same_paths_are_both_got_whole_and_offered_on_as_they_were() throws Exception {
        index().start();
        Peer alice = swarm().runningPeer("alice");
        for (String name : List.of("left", "right")) {
            Path folder = Files.createDirectories(swarm().elsewhere().resolve(name));
            TestFile.create(folder.resolve("small"), 1000, name.length());
            TestFile.create(folder.resolve("in pieces"), 2_500_000, name.length());
            alice.command("share", folder.toString()).orFail();
        }
        Peer bob = swarm().runningPeer("bob");

        for (String name : List.of("left", "right")) {
            String id = bob.awaitListed(name + ".folder", "alice").path("id").asString();
            assertThat(bob.command("get", name).orFail()).contains("2 fetched");
            assertThat(kept(bob.downloads().resolve(name))).isEqualTo(kept(swarm().elsewhere().resolve(name)));
            assertThat(bob.awaitListed(name + ".folder", "alice", "bob").path("id").asString()).isEqualTo(id);
        }
    }

    @Test
    void who_joined_a_download_goes_on_with_it_when_the_one_who_began_it_gives_up() throws Exception {
        index().start();
        Path photos = photos();
        TestFile film = TestFile.create(photos.resolve("films/large.mkv"), LARGE, 99);
        try (Road toAlice = new Road(LARGE / 2)) {
            Peer alice = swarm().peer("alice").start(toAlice.setting());
            toAlice.leadTo(alice);
            alice.command("share", photos.toString()).orFail();
            Peer bob = swarm().runningPeer("bob");
            bob.awaitListed("photos.folder", "alice");
            RunningProgram first = bob.begin("get", "photos");
            toAlice.awaitHeld();
            RunningProgram second = bob.begin("get", "photos", "--json");
            // it tells how far the other one's download is, so it has joined
            await().until(() -> Files.readString(second.output()).contains("filesDone"));

            first.interrupt();
            toAlice.open();

            JsonNode got = second.awaitEnd().lastJson();
            assertThat(got.path("failed")).isEmpty();
            assertThat(got.path("present").asInt() + got.path("fetched").asInt()).isEqualTo(37);
            assertThat(bob.downloads().resolve("photos/films/large.mkv")).hasBinaryContent(film.bytes());
            assertThat(kept(bob.downloads().resolve("photos"))).isEqualTo(kept(photos));
            bob.awaitListed("photos.folder", "alice", "bob");
        }
    }

    /** Folders in folders, empty files, many small files, names of all scripts, times and permissions. */
    private Path photos() throws IOException {
        Path photos = Files.createDirectories(swarm().elsewhere().resolve("photos"));
        for (int i = 0; i < 30; i++) {
            TestFile.create(photos.resolve("a/b%d/small %d".formatted(i % 3, i)), 1 + 5_000 * i, i);
        }
        TestFile.create(photos.resolve("größe/写真 😀.jpg"), 300_000, 77);
        TestFile.create(photos.resolve("pieces"), 3_000_001, 78);
        TestFile.create(photos.resolve("a/same"), 1, 79);
        Path script = TestFile.create(photos.resolve("run.sh"), 100, 80).path();
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
        Files.createFile(photos.resolve("empty"));
        Files.createFile(photos.resolve("a/b0/empty too"));
        try (Stream<Path> files = Files.walk(photos)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(TIME + Files.size(file)));
            }
        }
        return photos;
    }

    /** The files that are complete, by their paths. */
    private static Map<String, Kept> kept(Path folder) throws IOException {
        Map<String, Kept> kept = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = folder.relativize(file).toString();
                if (!path.contains(".part") && !path.startsWith(".")) {
                    kept.put(path, fileKept(file));
                }
            }
        }
        return kept;
    }

    private static Kept fileKept(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return new Kept(bytes.length, Arrays.hashCode(bytes), Files.getLastModifiedTime(file).toMillis(),
                permissions.contains(PosixFilePermission.OWNER_EXECUTE));
    }
}
